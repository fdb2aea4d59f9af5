/** What every JavaScript runtime has though the language itself does not: for `src-shared`, which knows neither Node nor DOM. */
declare class URLSearchParams {
  constructor(init?: string);
  get(name: string): string | null;
  set(name: string, value: string): void;
}
declare class URL {
  constructor(url: string, base?: string);
  static canParse(url: string, base?: string): boolean;
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly pathname: string;
  readonly searchParams: URLSearchParams;
  hash: string;
}
