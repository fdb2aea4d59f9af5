import { render, screen } from '@testing-library/svelte';
import { expect, it } from 'vitest';
import { fakePerson, fakeTile } from '../../../testing/fakes.svelte.ts';
import { chooseLayout } from './layout.ts';
import Tiles from './Tiles.svelte';

const tiles = ['Tomas', 'Priya', 'Jonas', 'Mira'].map((name) => fakeTile(fakePerson(name, { self: name === 'Mira' })));
const screenOfPriya = fakeTile(fakePerson('Priya'), { id: 'priya:screen', source: 'screen' });

function props(people: typeof tiles, shares: typeof tiles, width = 1280) {
  const layout = chooseLayout({
    width,
    height: 800,
    people: people.map(({ id }) => id),
    screens: shares.map(({ id }) => ({ id, own: false })),
    large: null,
  });
  return { tiles: people, shares, layout, barSpan: null, softened: false, onenlarge: () => undefined };
}

const video = (name: string) => screen.getByRole('group', { name }).querySelector('video');

it('keeps every video element through changes of layout, of people and of shared screens', async () => {
  const { rerender } = render(Tiles, props(tiles, []));
  const before = ['Tomas', 'Jonas', 'Mira'].map(video);
  expect(before.every((element) => element !== null)).toBe(true);
  await rerender(props(tiles, [screenOfPriya]));
  await rerender(props(tiles, [], 390));
  await rerender(
    props(
      tiles.filter(({ person }) => person.name !== 'Priya'),
      [],
    ),
  );
  expect(screen.queryByRole('group', { name: 'Priya' })).toBeNull();
  expect(['Tomas', 'Jonas', 'Mira'].map(video)).toEqual(before);
  for (const [index, name] of ['Tomas', 'Jonas', 'Mira'].entries()) expect(video(name)).toBe(before[index]);
});
