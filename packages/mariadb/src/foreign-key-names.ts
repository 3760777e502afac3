const start = '\n  CONSTRAINT `';
const afterName = '` FOREIGN KEY (`';
const afterColumns = '`) REFERENCES `';
const beforeReferenced = '` (`';

/**
 * What `show create table` prints, with the names in foreign keys quoted as all others are: MariaDB prints those of the
 * constraint and of its columns without doubling the backticks in them (jira.mariadb.org/browse/MDEV-12447). Each foreign
 * key is on a line of its own.
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
  return (
    quoted(constraint.slice(0, columnsAt)) +
    afterName +
    quotedList(constraint.slice(columnsAt + afterName.length, tableAt)) +
    constraint.slice(tableAt, referencedAt) +
    beforeReferenced +
    quotedList(constraint.slice(referencedAt + beforeReferenced.length, end)) +
    constraint.slice(end)
  );
}

function quotedList(names: string): string {
  return names.split('`, `').map(quoted).join('`, `');
}

function quoted(name: string): string {
  return name.replaceAll('`', '``');
}
