/** Where the api that is measured keeps its rows. */
export interface Installation {
  dataDir: string;
  /** SQLite in the folder if not given. */
  databaseUrl: string | undefined;
}
