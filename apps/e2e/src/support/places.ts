/** An installation that a browser uses. */
export interface Place {
  url: string;
  /** The api behind it */
  apiUrl: string;
}

const at = (port: number): Place => ({
  url: `http://localhost:${port}`,
  apiUrl: `http://127.0.0.1:${port + 1}`,
});

/** Where stories happen: one installation, or two with one database, whose api and web processes are apart. */
const places = () =>
  ['E2E_PORT', 'E2E_SECOND_PORT'].flatMap((name) => {
    const port = process.env[name];
    return port ? [at(Number(port))] : [];
  });

let arrivals = 0;

/** Those who come one after the other use different processes, if there are two. */
export const nextPlace = (): Place => {
  const all = places();
  return all[arrivals++ % all.length]!;
};
