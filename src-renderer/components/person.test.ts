import { describe, expect, it } from 'vitest';
import { firstName, initials, personColour } from './person.ts';

describe('initials', () => {
  it.each([
    ['Mira Okafor', 'MO'],
    ['  ana maría de la cruz ', 'AC'],
    ['Jonas', 'J'],
    ['𝒜da 👋', '𝒜👋'],
    ['', ''],
  ])('of %j are %j', (name, letters) => {
    expect(initials(name)).toBe(letters);
  });
});

describe('firstName', () => {
  it('is the first word', () => {
    expect(firstName(' Ana María Cruz')).toBe('Ana');
  });
});

describe('personColour', () => {
  it('stays with the name and uses every colour', () => {
    expect(personColour('Mira Okafor ')).toBe(personColour('Mira Okafor'));
    const names = Array.from({ length: 100 }, (_, index) => `Person ${index}`);
    expect(new Set(names.map(personColour)).size).toBe(6);
  });
});
