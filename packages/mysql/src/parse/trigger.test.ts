import { expect, test } from 'vitest';
import { readTriggerBody } from './trigger.js';

test('the body of a trigger stands between begin and end', () => {
  expect(readTriggerBody('BEGIN\n  set new.a = 1; -- one\n  set new.b = 2;\nEND')).toBe(
    'set new.a = 1; -- one\n  set new.b = 2;',
  );
});

test('a single statement is one', () => {
  expect(readTriggerBody("set new.a = 'begin'")).toBe("set new.a = 'begin'");
  expect(readTriggerBody('set new.`end` = new.begin')).toBe('set new.`end` = new.begin');
});
