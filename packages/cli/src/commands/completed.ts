import type { Command, Option } from 'commander';
import { databases } from './init.js';

/** A command, as far as shells complete it. */
export interface CompletedCommand {
  readonly name: string;
  /** What it is called as well. */
  readonly aliases: readonly string[];
  readonly description: string;
  /** What its arguments can be, where that is known. */
  readonly values: readonly string[];
  readonly flags: readonly CompletedFlag[];
}

export interface CompletedFlag {
  readonly long: string;
  readonly short: string | undefined;
  readonly description: string;
  readonly value: FlagValue;
}

/** What comes after a flag. */
export type FlagValue =
  | { readonly kind: 'none' | 'file' | 'folder' | 'anything' }
  | { readonly kind: 'one of'; readonly values: readonly string[] };

/** @param shells those that there is a completion for. */
export function completedCommands({ commands }: Command, shells: readonly string[]): readonly CompletedCommand[] {
  return commands.map((command) => ({
    name: command.name(),
    aliases: command.aliases(),
    description: command.description(),
    values: command.name() === 'completion' ? shells : [],
    flags: command.options.flatMap((option) => {
      const { long, short, description } = option;
      return typeof long === 'string' ? [{ long, short, description, value: valueOf(long, option) }] : [];
    }),
  }));
}

function valueOf(long: string, { required, argChoices }: Option): FlagValue {
  // One that may be left out looks like none: what follows may be another flag.
  if (!required) return { kind: 'none' };
  if (argChoices !== undefined) return { kind: 'one of', values: argChoices };
  switch (long) {
    case '--config':
      return { kind: 'file' };
    case '--path':
      return { kind: 'folder' };
    case '--database':
      return { kind: 'one of', values: databases };
    default:
      return { kind: 'anything' };
  }
}

/** A word of a shell; no description has a quote in it. */
export function quoted(text: string): string {
  return `'${text}'`;
}
