import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import * as v from 'valibot';
import { ProtocolError } from '../../../src-shared/protocol/index.ts';

export type Parameters = Record<string, SQLInputValue>;

/** One SQLite connection: prepares statements once, validates rows, and reports failures of the disk as such. */
export class Database {
  readonly #sqlite: DatabaseSync;

  constructor(sqlite: DatabaseSync) {
    this.#sqlite = sqlite;
  }

  /** A statement to be kept; `row` describes what it selects. */
  prepare<const Row extends v.GenericSchema = v.NeverSchema<undefined>>(sql: string, row?: Row): Statement<Row> {
    return new Statement(this.#sqlite.prepare(sql), row);
  }

  /**
   * All that `work` writes, or nothing of it. Within another one it is part of that.
   *
   * @throws {ProtocolError} FULL
   */
  atomically<Result>(work: () => Result): Result {
    if (this.#sqlite.isTransaction) return work();
    return translated(() => {
      this.#sqlite.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        this.#sqlite.exec('COMMIT');
        return result;
      } catch (error) {
        // SQLite has ended it already where the disk was full.
        if (this.#sqlite.isTransaction) this.#sqlite.exec('ROLLBACK');
        throw error;
      }
    });
  }

  close(): void {
    if (this.#sqlite.isOpen) this.#sqlite.close();
  }
}

export class Statement<Row extends v.GenericSchema> {
  readonly #statement: StatementSync;
  readonly #row: Row | undefined;

  constructor(statement: StatementSync, row?: Row) {
    this.#statement = statement;
    this.#row = row;
  }

  /** The id of the row it has inserted. @throws {ProtocolError} FULL */
  run(parameters: Parameters): number {
    return Number(translated(() => this.#statement.run(parameters)).lastInsertRowid);
  }

  get(parameters: Parameters): v.InferOutput<Row> | null {
    const row = translated(() => this.#statement.get(parameters));
    return row === undefined ? null : this.#checked(row);
  }

  all(parameters: Parameters): v.InferOutput<Row>[] {
    return translated(() => this.#statement.all(parameters)).map((row) => this.#checked(row));
  }

  #checked(row: unknown): v.InferOutput<Row> {
    if (!this.#row) throw new Error('This statement selects nothing.');
    return v.parse(this.#row, row);
  }
}

/** SQLite's result codes (https://sqlite.org/rescode.html) that report problems of the disk, not of this program. */
const DISK_FAILURES = new Set([8 /* READONLY */, 10 /* IOERR */, 13 /* FULL */, 14 /* CANTOPEN */]);
const CORRUPT = new Set([11 /* CORRUPT */, 26 /* NOTADB */]);
const BUSY = new Set([5 /* BUSY */]);

export const isDiskFailure = (error: unknown): boolean => DISK_FAILURES.has(resultCode(error));
export const isCorruption = (error: unknown): boolean => CORRUPT.has(resultCode(error));
export const isBusy = (error: unknown): boolean => BUSY.has(resultCode(error));

/** The primary result code of a failed call; 0: it is none of SQLite's. */
function resultCode(error: unknown): number {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : 0;
}

function translated<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (!isDiskFailure(error)) throw error;
    const sentence = 'The host could not write this down: its disk is full or failing. Try again once there is space.';
    throw new ProtocolError('FULL', sentence, { cause: error });
  }
}
