import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { blocks, isProgram, isTypeScript, pages, shownOutput, withoutBlankLines } from './markdown.js';
import { openWorkshop, type Workshop } from './programs.js';

const pagesWithOutput = pages.filter((page) =>
  blocks.some((block) => block.page === page && block.program !== undefined && !isProgram(block)),
);

describe.each(pagesWithOutput)('%s', (page) => {
  const ofPage = blocks.filter((block) => block.page === page);
  const programs = new Set(ofPage.flatMap((block) => block.program ?? []));
  let workshop: Workshop;

  beforeAll(() => {
    workshop = openWorkshop(ofPage);
  });

  afterAll(() => {
    workshop.dispose();
  });

  test.each([...programs].filter((program) => shownOutput(ofPage, program) !== ''))(
    '%s prints what the page says',
    { timeout: 60_000 },
    async (program) => {
      expect(withoutBlankLines(await workshop.run(program))).toBe(shownOutput(ofPage, program));
    },
  );
});

describe('the first entity of README.md', () => {
  const ofPage = blocks.filter(({ page }) => page === 'README.md');
  const legacy = {
    compilerOptions: { target: 'ES2022', module: 'CommonJS', experimentalDecorators: true },
    'ts-node': { transpileOnly: true },
  };
  const standard = { compilerOptions: { target: 'ES2022' } };
  let workshop: Workshop;

  beforeAll(() => {
    workshop = openWorkshop(ofPage);
  });

  afterAll(() => {
    workshop.dispose();
  });

  test.each([
    { way: 'in ts-node', program: 'library.ts', loader: 'ts-node', tsconfig: legacy },
    { way: 'in tsx', program: 'library.ts', loader: 'tsx', tsconfig: legacy },
    { way: 'in tsx with standard decorators', program: 'library.ts', loader: 'tsx', tsconfig: standard },
    { way: 'in plain JavaScript', program: 'library.mjs', loader: 'node', tsconfig: standard },
  ] as const)('runs as it stands $way', { timeout: 60_000 }, async ({ program, loader, tsconfig }) => {
    const output = await workshop.runAsWritten(program, loader, JSON.stringify(tsconfig));
    expect(withoutBlankLines(output)).toBe(shownOutput(ofPage, 'library.ts'));
  });

  test('has fewer than 20 lines', () => {
    const program = ofPage.find((block) => isTypeScript(block) && block.program === 'library.ts');
    expect(program?.text.split('\n').length).toBeLessThan(20);
  });
});
