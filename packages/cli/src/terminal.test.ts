import { afterEach, expect, it, vi } from 'vitest';
import { terminal } from './terminal.js';

const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
process.stderr.columns = 80;

afterEach(() => written.mockClear());

function told(): string {
  return written.mock.calls.map(([text]) => String(text)).join('');
}

it('goes on after a line that stands in place, and over one that was cleared', () => {
  terminal.tellInPlace('1/2 Creates');
  terminal.tell('Stopping.');
  terminal.tell('Stopped.');
  expect(told()).toBe('\r\u001B[K1/2 Creates\nStopping.\nStopped.\n');

  written.mockClear();
  terminal.tellInPlace('1/2 Creates');
  terminal.tellInPlace('');
  terminal.tell('1/2 Created');
  expect(told()).toBe('\r\u001B[K1/2 Creates\r\u001B[K1/2 Created\n');
});
