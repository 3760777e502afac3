import { Entity } from '@dovetail/core';
import { describe, expect, test } from 'vitest';
import { entity, id, text } from '../conformance/entity.js';
import { matching } from '../conformance/matching.js';
import { given } from '../conformance/given.js';
import { postgresql } from '../databases/index.js';

describe.each(postgresql)('a rename that is refused names what is in the way, on $name', (database) => {
  test.each([
    [
      'a view that another one reads',
      ['create view writer as select 1 as one', 'create view more as select * from writer'],
    ],
    ['a sequence', ['create sequence writer']],
  ])('%s', async (_case, statements) => {
    const site = await given(database, [entity('Author', { id, name: text() })]);
    await site.execute(...statements);

    const error = await site.refuses([entity('Writer', { id, name: text() }, Entity({ previousName: 'author' }))]);

    expect(error.code).toBe('statement-failed');
    expect(error.message).toContain('Nothing has been changed');
    expect(error.problems).toMatchObject([{ what: matching(/writer/), remedy: matching(/in the way/) }]);
  });
});
