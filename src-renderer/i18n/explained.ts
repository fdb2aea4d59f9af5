/** What happened, and why or what to do. */
export interface Explained {
  title: string;
  cause: string;
}
