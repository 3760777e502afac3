import { exchangesNames } from '../diff/stated-renames.js';
import type { Connection, Driver } from '../driver.js';
import { DovetailError, type Problem } from '../errors.js';
import { applyChanges } from '../model/apply-changes.js';
import type { Change } from '../model/change.js';
import type { Plan, PlanOptions, Step } from '../model/plan.js';
import type { Schema, Table } from '../model/schema.js';
import { findTable } from '../model/tables.js';
import { makeSteps, type PlanInput } from '../plan/make-plan.js';
import { makeUndo } from '../plan/undo.js';
import { applyPlan, type ApplyContext, type ApplyOptions } from './apply.js';
import { clearTables } from './clear-tables.js';
import {
  compareWithDatabase,
  type ComparisonInput,
  type Difference,
  readBefore,
  remainingDifferences,
} from './compare.js';
import { compareOffline } from './compare-offline.js';
import { compareWithNothing } from './compare-with-nothing.js';
import { withConsent } from './drop-changes.js';
import { fingerprint } from './fingerprint.js';
import type { GeneratorEnvironment } from './generator-environment.js';
import {
  type CreateOptions,
  type DraftOptions,
  type DropOptions,
  type EnsureDatabaseOptions,
  type ExclusiveAccess,
  planOptions,
  type RefreshOptions,
  type UpdateOptions,
} from './generator-options.js';
import type { KeptSchema } from './kept-schema.js';
import { type Perspective, perspectiveOn } from './perspective.js';
import { type Drop, planDrop } from './plan-drop.js';
import { findAtStake } from './prechecks.js';
import { rejectExisting } from './reject-existing.js';
import { rejectPartOfDatabase } from './reject-part-of-database.js';
import { type DumpOptions, stepsToSql } from './script.js';
import { updateDifference } from './update-difference.js';

/** What a migration is written from. */
export interface Draft {
  /** What would bring the schema to the entities, and how it is taken back. */
  readonly plan: Plan;
  /** The schema that the plan leads to, as far as the generator looks at it. */
  readonly target: KeptSchema;
}

/** A difference, or something that is planned without a comparison: no view is in the way of a rename there. */
type PlannedDifference = Omit<Difference, 'cleared'> & Partial<Difference>;

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

  /** The schema that the entities ask for; wildcard entities are in it where `schema` names a namespace for them. */
  getTargetSchema(schema?: string): Schema {
    return this.#desired(schema);
  }

  /**
   * Compares the database with the entities and says what an update would do. Changes nothing.
   *
   * @throws DovetailError `ambiguous-rename` when a renamed object cannot be told from a dropped and an added one;
   * `precheck-failed` when one schema alone needs what another one does not have yet.
   */
  async plan(options: UpdateOptions = {}): Promise<Plan> {
    const settled = planOptions(options);
    return this.#makePlan(await updateDifference(this.#input(settled), this.#perspective), settled);
  }

  /**
   * What a migration is written from: the plan, and the schema that it leads to. Changes nothing, and needs no connection
   * where it starts from a schema that was kept with what was stated.
   *
   * @throws DovetailError `ambiguous-rename` as `plan` does; `snapshot-invalid` when a rename is planned from a schema
   * that is not the database's; `connection-failed` when one is planned without a connection.
   */
  async draft({ from, ...options }: DraftOptions = {}): Promise<Draft> {
    const settled = planOptions(options);
    if (from !== undefined && !this.#environment.isConnected()) return this.#draftOffline(from, settled);
    const { serverVersion, defaultSchema, tableNameCase } = this.#environment.connection();
    const difference = await compareWithDatabase(this.#input(settled), from);
    return this.#draftOf(difference, settled, {
      stated: this.#desired(settled.schema),
      isCanonical: true,
      server: { serverVersion, defaultSchema, tableNameCase },
    });
  }

  #draftOffline(from: KeptSchema, options: PlanOptions): Draft {
    const { driver } = this.#environment;
    const { scope, wanted, focus, spell } = perspectiveOn(from.server, this.#environment);
    const desired = wanted(options.schema);
    const difference = compareOffline(from, { driver, desired, scope, options: spell(options) });
    const isCanonical = from.isCanonical && difference.changes.length === 0;
    const stated = focus(desired, options.schema);
    return this.#draftOf(difference, options, { stated, isCanonical, server: from.server });
  }

  #draftOf(difference: Difference, options: PlanOptions, kept: Omit<KeptSchema, 'schema'>): Draft {
    const perspective = perspectiveOn(kept.server, this.#environment);
    const schema = applyChanges(difference.actual, difference.changes, this.#comparison);
    return {
      plan: this.#makePlan(difference, options, perspective),
      target: { ...kept, schema: perspective.focus(schema, options.schema) },
    };
  }

  /**
   * Runs something of your own alone: under the lock that updates take, and in a transaction where the database has
   * transactional DDL, unless you ask for none, committed when it succeeds and rolled back when it throws.
   *
   * @throws DovetailError `database-busy` when another one did not finish in time.
   */
  async exclusively<Result>(body: () => Promise<Result>, access: ExclusiveAccess = {}): Promise<Result> {
    const { driver, connection } = this.#environment;
    const options = { suspendForeignKeys: false, ...access, lockTimeout: this.#lockTimeout };
    return driver.exclusively(connection(), options, body);
  }

  /**
   * What is at stake in a plan, as the database is now: the rows and values that would be lost, and those that do not fit,
   * with their number. Changes nothing; `explain` shows it with the plan.
   *
   * @throws DovetailError `precheck-failed` when the rows can't be looked at.
   *
   * @example
   * const plan = await orm.schema.plan();
   * console.log(explain(plan, await orm.schema.atStake(plan)));
   */
  async atStake(plan: Plan): Promise<readonly Problem[]> {
    const { driver, connection } = this.#environment;
    return findAtStake(driver, connection(), plan);
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
   * do. When another update comes first, plans anew; unless `renames` exchanges names, for the other may have exchanged
   * them already.
   *
   * @throws DovetailError what `plan` and `apply` throw; `schema-changed` only where it does not plan anew.
   */
  async updateSchema(options: UpdateOptions & ApplyOptions = {}): Promise<Plan> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const plan = await this.plan(options);
        await this.apply(plan, options);
        return plan;
      } catch (error) {
        const isFinal = attempt === maximumReplans || exchangesNames(options.renames ?? {});
        if (!isOutdated(error) || isFinal) throw error;
      }
    }
  }

  /**
   * The SQL of an update; exactly `''` when there is nothing to do.
   *
   * @throws DovetailError what `plan` throws.
   */
  async getUpdateSchemaSQL(options: UpdateOptions & DumpOptions = {}): Promise<string> {
    const difference = await updateDifference(this.#input(planOptions(options)), this.#perspective);
    return this.#toSql(makeSteps(this.#planInput(difference)), options);
  }

  /** The SQL of a plan; exactly `''` when there is nothing to do. */
  toSQL({ steps }: Plan, options: DumpOptions = {}): string {
    return this.#toSql(steps, options);
  }

  /**
   * What creates all tables of the entities in an empty database, whatever this one holds. Changes nothing. Without a
   * connection, it is for the newest server that Dovetail knows.
   */
  async planCreate(options: CreateOptions = {}): Promise<Plan> {
    const difference = await compareWithNothing(
      this.#desired(options.schema),
      this.#environment.driver,
      this.#openConnection,
    );
    return this.#makePlan(difference, planOptions(options));
  }

  /**
   * What `dropSchema` would do. Changes nothing.
   *
   * @throws DovetailError `connection-failed` when the connection is closed.
   */
  async planDrop(options: Omit<DropOptions, 'dropDb'> = {}): Promise<Plan> {
    const { plan } = await this.#dropPlan(options);
    return plan;
  }

  /**
   * Creates all tables of the entities. Other tables stay as they are.
   *
   * @throws DovetailError `already-exists` when some exist; `updateSchema` handles those.
   */
  async createSchema(options: CreateOptions & ApplyOptions = {}): Promise<void> {
    rejectExisting(this.#desired(options.schema), await this.introspect(), this.#comparison);
    await this.updateSchema({ ...options, allow: [], safe: true, dropTables: false, assumeRenames: false });
  }

  /** The SQL that creates all tables of the entities, whatever the database holds. */
  async getCreateSchemaSQL(options: CreateOptions & DumpOptions = {}): Promise<string> {
    return this.toSQL(await this.planCreate(options), options);
  }

  /**
   * Drops all tables. Those of the entities go with their rows; one that no entity describes and that holds rows is
   * refused, unless you consent (`allow`) or leave such tables alone (`dropTables: false`).
   */
  async dropSchema(options: DropOptions & ApplyOptions = {}): Promise<void> {
    if (options.dropDb === true) {
      rejectPartOfDatabase(options);
      await this.#environment.dropDatabase();
      return;
    }
    const { plan, drop } = await this.#dropPlan(options);
    const remaining = async (): Promise<readonly Change[]> => drop.remainingIn(await this.introspect());
    await applyPlan({ ...this.#applyContext(plan.options), remaining }, plan, options);
  }

  /** The SQL that drops all tables, exactly `''` when there are none; with `dropDb`, what removes the database. */
  async getDropSchemaSQL(options: DropOptions & DumpOptions = {}): Promise<string> {
    if (options.dropDb === true) {
      rejectPartOfDatabase(options);
      return this.#environment.databaseScript().drop;
    }
    const { plan } = await this.#dropPlan(options);
    return this.#toSql(plan.steps, options);
  }

  /** The SQL that drops all tables, or the database, and creates those of the entities. */
  async generate(options: DropOptions & DumpOptions = {}): Promise<string> {
    const dropped = await this.getDropSchemaSQL(options);
    const anew = options.dropDb === true ? this.#environment.databaseScript().create : '';
    return [dropped, anew, await this.getCreateSchemaSQL(options)].filter((sql) => sql !== '').join('\n');
  }

  /** Makes the database fresh: it exists, and holds the empty tables of the entities. */
  async refreshDatabase(options: RefreshOptions & ApplyOptions = {}): Promise<void> {
    await this.dropSchema(options);
    if (options.dropDb === true) await this.#environment.openDatabase();
    if (options.createSchema ?? true) await this.createSchema(options);
  }

  /**
   * Removes all rows from the tables of the entities, and starts their numbering anew.
   *
   * @throws DovetailError `precheck-failed` when rows of other tables reference them, `database-busy` or
   * `statement-failed`; nothing has been changed then.
   */
  async clearDatabase(options: CreateOptions = {}): Promise<void> {
    const { driver, connection } = this.#environment;
    const wanted = this.#desired(options.schema);
    const clear = async (): Promise<void> => {
      const { tables } = await this.introspect();
      const isWanted = (table: Table): boolean => findTable(wanted, table, this.#comparison) !== undefined;
      const numbered = tables.map((table) => {
        const autoincrementStart = findTable(wanted, table, this.#comparison)?.options.autoincrementStart;
        return { ...table, options: { ...table.options, autoincrementStart } };
      });
      await clearTables(numbered, isWanted, { connection: connection(), driver });
    };
    await this.exclusively(clear, { suspendForeignKeys: true });
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

  get #comparison(): Driver['comparison'] {
    return this.#environment.driver.comparison;
  }

  get #perspective(): Perspective {
    return perspectiveOn(this.#openConnection, this.#environment);
  }

  get #openConnection(): Connection | undefined {
    const { connection, isConnected } = this.#environment;
    return isConnected() ? connection() : undefined;
  }

  get #lockTimeout(): number {
    return this.#environment.options.lockTimeout ?? defaultLockTimeout;
  }

  #desired(schema: string | undefined): Schema {
    const { wanted, focus } = this.#perspective;
    return focus(wanted(schema), schema);
  }

  #input(options: PlanOptions): ComparisonInput {
    const { driver, connection } = this.#environment;
    const { scope, wanted, spell } = this.#perspective;
    return { driver, connection: connection(), desired: wanted(options.schema), scope, options: spell(options) };
  }

  #planInput(difference: PlannedDifference, { capabilities } = this.#perspective): PlanInput {
    return { ...difference, driver: this.#environment.driver, capabilities };
  }

  #makePlan(difference: PlannedDifference, options: PlanOptions, perspective = this.#perspective): Plan {
    const input = this.#planInput(difference, perspective);
    const steps = makeSteps(input);
    return {
      version: 1,
      database: this.#environment.driver.name,
      startsFrom: steps.length === 0 ? '' : fingerprint(difference.before),
      options,
      steps,
      undo: makeUndo(input, steps),
    };
  }

  async #dropPlan(options: DropOptions): Promise<{ readonly plan: Plan; readonly drop: Drop }> {
    const { driver, connection, migrationsTable } = this.#environment;
    const settled = planOptions(options);
    const before = await readBefore(this.#input(settled));
    const drop = await planDrop(before, {
      driver,
      connection: connection(),
      perspective: this.#perspective,
      options: settled,
      ...(options.dropMigrationsTable === true && { migrationsTable }),
    });
    const plan = this.#makePlan({ before, actual: before, renames: [], changes: drop.changes }, settled);
    return { plan: withConsent(plan, drop.isOwned), drop };
  }

  #applyContext(options: PlanOptions): ApplyContext {
    const { driver, connection } = this.#environment;
    return {
      driver,
      connection: connection(),
      lockTimeout: this.#lockTimeout,
      transactional: this.#perspective.capabilities.transactionalDdl,
      introspect: () => readBefore(this.#input(options)),
      remaining: () => remainingDifferences(this.#input(options)),
    };
  }

  #toSql(steps: readonly Step[], { wrap = true }: DumpOptions): string {
    const { driver, options } = this.#environment;
    const { defaultSchema } = this.#perspective.scope;
    return stepsToSql(steps, driver, { wrap, defaultSchema, disableForeignKeys: options.disableForeignKeys ?? true });
  }
}

function isOutdated(error: unknown): boolean {
  return error instanceof DovetailError && error.code === 'schema-changed';
}
