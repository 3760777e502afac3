import { diffSchemas } from '../diff/diff.js';
import type { Connection, Driver } from '../driver.js';
import { DovetailError } from '../errors.js';
import { tablesByName } from '../model/apply-changes.js';
import type { Change } from '../model/change.js';
import { displayName, objectKey } from '../model/names.js';
import type { Consent, Plan, PlanOptions, Step } from '../model/plan.js';
import { emptySchema, type Schema, type Table } from '../model/schema.js';
import type { SchemaGeneratorOptions } from '../options.js';
import { makeSteps } from '../plan/make-plan.js';
import { applyPlan, type ApplyContext, type ApplyOptions } from './apply.js';
import { compareWithDatabase, type Comparison } from './compare.js';
import { fingerprint } from './fingerprint.js';
import { inScope, type Scope } from './scope.js';
import { type DumpOptions, stepsToSql } from './script.js';

/** What the generator needs of the program around it. */
export interface GeneratorEnvironment {
  readonly driver: Driver;
  readonly options: SchemaGeneratorOptions;
  connection(): Connection;
  /** The schema that the entities describe; wildcard entities go to the namespace given. */
  desiredSchema(schema: string | undefined): Schema;
  /** Creates the database if it is missing, opens the connection, and says whether it created it. */
  openDatabase(): Promise<boolean>;
  /** Closes the connection and removes the database. */
  dropDatabase(): Promise<void>;
}

/** How an update is planned. */
export interface UpdateOptions {
  /** What you consent to. Without `data-loss`, an update that would destroy rows or values that exist is refused. */
  readonly allow?: readonly Consent[] | undefined;
  /** Plan no drops of tables and columns. The default is false. */
  readonly safe?: boolean | undefined;
  /** Drop tables that no entity describes. The default is true; those that hold rows need consent. */
  readonly dropTables?: boolean | undefined;
  /** Take one removed and one added object of the same definition for a rename. The default is true. */
  readonly assumeRenames?: boolean | undefined;
  /** Only this namespace, of a model that spans several. */
  readonly schema?: string | undefined;
}

export interface CreateOptions {
  /** Only this namespace, of a model that spans several. */
  readonly schema?: string | undefined;
}

export interface DropOptions {
  /** Remove the whole database, not its tables one by one. */
  readonly dropDb?: boolean | undefined;
  /** Drop tables that no entity describes as well. The default is true; those that hold rows need consent. */
  readonly dropTables?: boolean | undefined;
  /** Consent to the loss of rows in tables that no entity describes. */
  readonly allow?: readonly Consent[] | undefined;
  /** Only this namespace, of a model that spans several. */
  readonly schema?: string | undefined;
}

export interface RefreshOptions extends DropOptions {
  /** Whether the schema is created again. The default is true. */
  readonly createSchema?: boolean | undefined;
}

export interface EnsureDatabaseOptions {
  /** Create the schema when the database was missing. */
  readonly create?: boolean | undefined;
  /** Empty all tables when the database exists. */
  readonly clear?: boolean | undefined;
}

const defaultLockTimeout = 10_000;
const maximumReplans = 10;

/**
 * Makes the database fit the entities, as `orm.schema`.
 *
 * @example
 * const orm = await Dovetail.init({ entities: [Author, Book], dbName: 'library.db' });
 * console.log(await orm.schema.getUpdateSchemaSQL());
 * await orm.schema.updateSchema();
 * await orm.close();
 */
export class SchemaGenerator {
  readonly #environment: GeneratorEnvironment;

  constructor(environment: GeneratorEnvironment) {
    this.#environment = environment;
  }

  /**
   * Compares the database with the entities and says what an update would do. Changes nothing.
   *
   * @throws DovetailError `ambiguous-rename` when a renamed object cannot be told from a dropped and an added one.
   */
  async plan(options: UpdateOptions = {}): Promise<Plan> {
    const planOptions = withDefaults(options);
    const { before, actual, renames, changes } = await this.#compare(planOptions);
    return this.#makePlan(before, planOptions, this.#steps({ before, actual, renames, changes }));
  }

  /**
   * Carries out a plan, alone and in a transaction where the database has transactional DDL, and commits only when the
   * database then fits the entities.
   *
   * @throws DovetailError `schema-changed`, `precheck-failed`, `unmodelled-feature`, `database-busy`,
   * `statement-failed`, `not-verified` or `aborted`; nothing has been changed then, or the message says what has.
   */
  async apply(plan: Plan, options: ApplyOptions = {}): Promise<void> {
    await applyPlan(this.#applyContext(plan.options), plan, options);
  }

  /**
   * Makes the database fit the entities, and gives the plan that did it; one without steps when there was nothing to
   * do. When another update comes first, plans anew.
   */
  async updateSchema(options: UpdateOptions & ApplyOptions = {}): Promise<Plan> {
    for (let attempt = 1; ; attempt += 1) {
      const plan = await this.plan(options);
      try {
        await this.apply(plan, options);
        return plan;
      } catch (error) {
        if (!isOutdated(error) || attempt === maximumReplans) throw error;
      }
    }
  }

  /** The SQL of an update; exactly `''` when there is nothing to do. */
  async getUpdateSchemaSQL(options: UpdateOptions & DumpOptions = {}): Promise<string> {
    const { steps } = await this.plan(options);
    return this.#toSql(steps, options);
  }

  /**
   * Creates all tables of the entities.
   *
   * @throws DovetailError `already-exists` when some exist; `updateSchema` handles those.
   */
  async createSchema(options: CreateOptions & ApplyOptions = {}): Promise<void> {
    const planOptions = withDefaults({ schema: options.schema, dropTables: false });
    const actual = await this.introspect();
    rejectExisting(this.#desired(planOptions.schema), actual, this.#fold);
    await this.updateSchema({ ...options, ...planOptions });
  }

  /** The SQL that creates all tables of the entities, whatever the database holds. */
  async getCreateSchemaSQL(options: CreateOptions & DumpOptions = {}): Promise<string> {
    const { driver, connection } = this.#environment;
    const desired = this.#desired(options.schema);
    const canonical = await driver.canonicalise(connection(), desired, emptySchema);
    return this.#toSql(this.#createSteps(canonical), options);
  }

  /**
   * Drops all tables. Those of the entities go with their rows; one that no entity describes and that holds rows is
   * refused, unless you consent (`allow`) or leave such tables alone (`dropTables: false`).
   */
  async dropSchema(options: DropOptions & ApplyOptions = {}): Promise<void> {
    if (options.dropDb === true) {
      await this.#environment.dropDatabase();
      return;
    }
    const { plan, remaining } = await this.#dropPlan(options);
    await applyPlan({ ...this.#applyContext(plan.options), remaining }, plan, options);
  }

  /** The SQL that drops all tables; exactly `''` when there are none. */
  async getDropSchemaSQL(options: DropOptions & DumpOptions = {}): Promise<string> {
    const { plan } = await this.#dropPlan(options);
    return this.#toSql(plan.steps, options);
  }

  /** The SQL that drops all tables and creates those of the entities. */
  async generate(options: DropOptions & DumpOptions = {}): Promise<string> {
    const [dropped, created] = [await this.getDropSchemaSQL(options), await this.getCreateSchemaSQL(options)];
    return [dropped, created].filter((sql) => sql !== '').join('\n');
  }

  /** Makes the database fresh: it exists, and holds the empty tables of the entities. */
  async refreshDatabase(options: RefreshOptions = {}): Promise<void> {
    await this.dropSchema(options);
    if (options.dropDb === true) await this.#environment.openDatabase();
    if (options.createSchema ?? true) await this.createSchema(options);
  }

  /** Removes all rows from the tables of the entities, and starts their numbering anew. */
  async clearDatabase(options: CreateOptions = {}): Promise<void> {
    const { driver, connection } = this.#environment;
    const wanted = tablesByName(this.#desired(options.schema), this.#fold);
    const existing = (await this.introspect()).tables.filter((table) => wanted.has(objectKey(table, this.#fold)));
    await driver.exclusively(connection(), { lockTimeout: this.#lockTimeout, suspendForeignKeys: true }, async () => {
      for (const statement of driver.ddl.clear(existing)) await connection().execute(statement);
    });
  }

  /** Creates the database if it is missing, and says whether it did. */
  async ensureDatabase(options: EnsureDatabaseOptions = {}): Promise<boolean> {
    const created = await this.#environment.openDatabase();
    if (created && options.create === true) await this.createSchema();
    if (!created && options.clear === true) await this.clearDatabase();
    return created;
  }

  /** Reads the schema of the database as it is. */
  async introspect(): Promise<Schema> {
    const { driver, connection } = this.#environment;
    return driver.introspect(connection(), { namespaces: this.#desired(undefined).namespaces });
  }

  get #fold(): (name: string) => string {
    return this.#environment.driver.comparison.foldName;
  }

  get #lockTimeout(): number {
    return this.#environment.options.lockTimeout ?? defaultLockTimeout;
  }

  get #scope(): Scope {
    return this.#environment.options;
  }

  #desired(schema: string | undefined): Schema {
    return inScope(this.#environment.desiredSchema(schema), { ...this.#scope, schema }, this.#fold);
  }

  async #compare(options: PlanOptions): Promise<Comparison> {
    const { driver, connection, desiredSchema } = this.#environment;
    return compareWithDatabase(driver, connection(), desiredSchema(options.schema), this.#scope, options);
  }

  #steps({ before, actual, renames, changes }: Comparison): Step[] {
    const { driver, connection } = this.#environment;
    const capabilities = driver.capabilities(connection().serverVersion);
    return makeSteps({ driver, capabilities, before, actual, renames, changes });
  }

  #createSteps(desired: Schema): Step[] {
    const changes = diffSchemas(emptySchema, desired, this.#environment.driver.comparison);
    return this.#steps({ before: emptySchema, actual: emptySchema, renames: [], changes });
  }

  #makePlan(before: Schema, options: PlanOptions, steps: readonly Step[]): Plan {
    return { version: 1, database: this.#environment.driver.name, startsFrom: fingerprint(before), options, steps };
  }

  async #dropPlan(
    options: DropOptions,
  ): Promise<{ readonly plan: Plan; readonly remaining: () => Promise<readonly Change[]> }> {
    const planOptions = withDefaults(options);
    const before = await this.introspect();
    const changes = this.#dropChanges(before, planOptions);
    const owned = tablesByName(this.#desired(planOptions.schema), this.#fold);
    const steps = this.#steps({ before, actual: before, renames: [], changes }).map((step) =>
      dropsOnly(step, (table) => owned.has(objectKey(table, this.#fold))) ? withoutDataLoss(step) : step,
    );
    return {
      plan: this.#makePlan(before, planOptions, steps),
      remaining: async () => this.#dropChanges(await this.introspect(), planOptions),
    };
  }

  #dropChanges(actual: Schema, { dropTables, schema }: PlanOptions): Change[] {
    const desired = this.#desired(schema);
    const owned = tablesByName(desired, this.#fold);
    const managedViews = new Set(desired.views.map((view) => objectKey(view, this.#fold)));
    const { tables, views } = inScope(actual, { ...this.#scope, schema }, this.#fold);
    return [
      ...views
        .filter((view) => managedViews.has(objectKey(view, this.#fold)))
        .map((view): Change => ({ kind: 'drop-view', view })),
      ...tables
        .filter((table) => dropTables || owned.has(objectKey(table, this.#fold)))
        .map((table): Change => ({ kind: 'drop-table', table })),
    ];
  }

  #applyContext(options: PlanOptions): ApplyContext {
    const { driver, connection } = this.#environment;
    return {
      driver,
      connection: connection(),
      lockTimeout: this.#lockTimeout,
      introspect: () => this.introspect(),
      remaining: async () => {
        const { renames, changes } = await this.#compare({ ...options, assumeRenames: false });
        return [...renames, ...changes];
      },
    };
  }

  #toSql(steps: readonly Step[], { wrap = true }: DumpOptions): string {
    const { driver, options } = this.#environment;
    return stepsToSql(steps, driver, { wrap, disableForeignKeys: options.disableForeignKeys ?? true });
  }
}

function withDefaults(options: UpdateOptions): PlanOptions {
  return {
    allow: options.allow ?? [],
    safe: options.safe ?? false,
    dropTables: options.dropTables ?? true,
    assumeRenames: options.assumeRenames ?? true,
    ...(options.schema !== undefined && { schema: options.schema }),
  };
}

function isOutdated(error: unknown): boolean {
  return error instanceof DovetailError && error.code === 'schema-changed';
}

function rejectExisting(desired: Schema, actual: Schema, fold: (name: string) => string): void {
  const existing = tablesByName(actual, fold);
  const clashes = desired.tables.filter((table) => existing.has(objectKey(table, fold)));
  if (clashes.length === 0) return;
  throw new DovetailError(
    'already-exists',
    'Tables of the entities exist already. Nothing has been changed.',
    clashes.map((table) => ({
      where: displayName(table),
      what: 'exists',
      remedy: 'call updateSchema, which changes what differs; or refreshDatabase, which starts anew and loses all rows',
    })),
  );
}

function dropsOnly({ changes }: Step, isOwned: (table: Table) => boolean): boolean {
  return changes.every((change) => change.kind === 'drop-table' && isOwned(change.table));
}

/** Dropping the tables of the entities is what the caller asked for, so it needs no further consent. */
function withoutDataLoss(step: Step): Step {
  return { ...step, prechecks: step.prechecks.filter(({ kind }) => kind !== 'data-loss') };
}
