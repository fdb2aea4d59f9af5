/**
 * The known name that takes the fewest changes to reach from a mistyped one.
 *
 * @param known at least one
 * @returns the name, and how many characters to insert, delete, replace or swap with their neighbour (optimal
 * string alignment distance)
 */
export function nearest(name: string, known: readonly string[]): { name: string; distance: number } {
  const [first = { name: '', distance: Infinity }] = known
    .map((candidate) => ({ name: candidate, distance: distanceOf(name, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  return first;
}

function distanceOf(from: string, to: string): number {
  const rows: number[][] = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? Infinity;
  for (let row = 1; row <= from.length; row++) {
    rows[row] = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1] ? 0 : 1;
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      rows[row]?.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + same,
          swapped ? at(row - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(from.length, to.length);
}
