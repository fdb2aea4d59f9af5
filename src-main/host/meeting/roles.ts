import type { Seat } from './seats.ts';

interface Candidate {
  readonly seat: Readonly<Pick<Seat, 'role'>>;
  readonly lost: boolean;
}

/**
 * Who becomes host when the host has gone: the longest-present co-host, else the longest-present
 * participant; someone whose connection is lost only where nobody else is left. A viewer never.
 *
 * @param people in the order they came
 */
export function successor<Person extends Candidate>(people: readonly Person[]): Person | undefined {
  const connected = people.filter((person) => !person.lost);
  return longestPresent(connected) ?? longestPresent(people);
}

function longestPresent<Person extends Candidate>(people: readonly Person[]): Person | undefined {
  return (
    people.find((person) => person.seat.role === 'co-host') ??
    people.find((person) => person.seat.role === 'participant')
  );
}
