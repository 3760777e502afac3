/**
 * What `dovetail.config.ts` needs. The command itself is `dovetail`.
 *
 * @packageDocumentation
 */
export {
  type CommandLineOptions,
  type Config,
  type ConfigOptions,
  defineConfig,
  type DovetailOf,
  type SeederOptions,
} from './config/define-config.js';
