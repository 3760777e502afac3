const start = '\n  CONSTRAINT `';
const afterName = '` FOREIGN KEY (`';
const afterColumns = '`) REFERENCES `';
const beforeReferenced = '` (`';
const betweenNames = '`, `';

/**
 * What `show create table` prints, with the names in foreign keys quoted as all others are: MariaDB 10.11 prints those of
 * the constraint and of its columns without doubling the backticks in them (jira.mariadb.org/browse/MDEV-12447), 11.8
 * doubles them. Each foreign key is on a line of its own.
 */
export function withQuotedNames(definition: string): string {
  if (!definition.includes(afterName)) return definition;
  const [head = '', ...constraints] = definition.split(start);
  return [head, ...constraints.map(withQuotedNamesOf)].join(start);
}

function withQuotedNamesOf(constraint: string): string {
  const columnsAt = constraint.indexOf(afterName);
  const tableAt = constraint.indexOf(afterColumns, columnsAt);
  const referencedAt = constraint.indexOf(beforeReferenced, tableAt + afterColumns.length - 1);
  const end = constraint.indexOf('`)', referencedAt + beforeReferenced.length);
  if (columnsAt === -1 || tableAt === -1 || referencedAt === -1 || end === -1) return constraint;
  const name = constraint.slice(0, columnsAt);
  const columns = constraint.slice(columnsAt + afterName.length, tableAt).split(betweenNames);
  const referenced = constraint.slice(referencedAt + beforeReferenced.length, end).split(betweenNames);
  if ([name, ...columns, ...referenced].every(isQuoted)) return constraint;
  return (
    quoted(name) +
    afterName +
    columns.map(quoted).join(betweenNames) +
    constraint.slice(tableAt, referencedAt) +
    beforeReferenced +
    referenced.map(quoted).join(betweenNames) +
    constraint.slice(end)
  );
}

/** A name with two backticks in a row may be either; servers that double them are taken for the more likely. */
function isQuoted(name: string): boolean {
  return !name.replaceAll('``', '').includes('`');
}

function quoted(name: string): string {
  return name.replaceAll('`', '``');
}
