import { expect, test } from 'vitest';
import { shortenIdentifier } from './shorten.js';

test('a name within the limit stays as it is', () => {
  expect(shortenIdentifier('a'.repeat(63), { length: 63, unit: 'bytes' })).toBe('a'.repeat(63));
});

test('a longer one is cut to the limit, the same way every time', () => {
  const name = 'customer_address_history_index';
  const short = shortenIdentifier(name, { length: 20, unit: 'bytes' });

  expect(short).toMatch(/^customer_ad_[0-9a-f]{8}$/);
  expect(shortenIdentifier(name, { length: 20, unit: 'bytes' })).toBe(short);
});

test('names that begin alike stay apart', () => {
  const limit = { length: 20, unit: 'characters' } as const;

  expect(shortenIdentifier(`${'a'.repeat(30)}b`, limit)).not.toBe(shortenIdentifier(`${'a'.repeat(30)}c`, limit));
});

test('no character is cut in half, by bytes or by characters', () => {
  const bytes = shortenIdentifier('ä'.repeat(20), { length: 20, unit: 'bytes' });
  const characters = shortenIdentifier('🙂'.repeat(21), { length: 20, unit: 'characters' });

  expect(bytes).toMatch(/^ä{5}_[0-9a-f]{8}$/);
  expect(characters).toMatch(/^(🙂){11}_[0-9a-f]{8}$/u);
});
