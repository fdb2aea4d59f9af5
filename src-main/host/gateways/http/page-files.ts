import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { getMimeType } from 'hono/utils/mime';

export interface PageFile {
  readonly type: string;
  readonly etag: string;
  /** Whether its name changes with its content, so that it never needs to be asked for again. */
  readonly hashed: boolean;
  readonly content: Buffer<ArrayBuffer>;
  /** Null where compressing does not pay. */
  readonly gzipped: Buffer<ArrayBuffer> | null;
}

/** The build tool puts what is named by its content here. */
const HASHED = '/assets/';
const COMPRESSIBLE = /^text\/|javascript|json|svg|wasm/;

const compress = promisify(gzip);

/**
 * The files of the built page. Only what was in the folder at the start is served, by its exact
 * path: there is no way from a request to any other file.
 */
export class PageFiles {
  readonly #root: string;
  readonly #paths: ReadonlySet<string>;
  readonly #loaded = new Map<string, Promise<PageFile>>();

  /** @param root the folder of the build; one that is not there is an empty one */
  constructor(root: string) {
    this.#root = root;
    this.#paths = new Set(filesUnder(root));
  }

  /** The file at a request's path, such as `/assets/index-1a2b3c4d.js`; null: there is none. */
  async find(path: string): Promise<PageFile | null> {
    if (!this.#paths.has(path)) return null;
    const loading = this.#loaded.get(path) ?? this.#load(path);
    this.#loaded.set(path, loading);
    try {
      return await loading;
    } catch (error) {
      // The next request may find it readable again.
      this.#loaded.delete(path);
      throw error;
    }
  }

  async #load(path: string): Promise<PageFile> {
    const content = await readFile(join(this.#root, path));
    const type = getMimeType(path) ?? 'application/octet-stream';
    return {
      type,
      etag: `W/"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
      hashed: path.startsWith(HASHED),
      content,
      gzipped: COMPRESSIBLE.test(type) ? await compress(content) : null,
    };
  }
}

function filesUnder(root: string): string[] {
  try {
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `/${relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/')}`);
  } catch {
    return [];
  }
}
