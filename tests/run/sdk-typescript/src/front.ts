// The server in front of the bookstore: what it is told, and what it has seen.

export const baseUrl = variable("BASE_URL");
export const token = variable("TOKEN");

/** How a request is to go wrong: tests/run/matrix/README.md. */
export interface Fault {
  answer?: { status: number; headers?: Record<string, string>; body?: unknown };
  cut?: "before" | "after";
  delay_ms?: number;
  edit?: Record<string, unknown>;
  headers?: Record<string, string>;
  pass?: true;
}

/** A request as it came. */
export interface Seen {
  method: string;
  target: string;
  headers: Record<string, string>;
  body: string;
}

/** Begins a scenario. */
export async function begin(name: string): Promise<void> {
  await tell("scenario", { name });
}

/** What happens to the next requests, one after the other. */
export async function faults(...given: Fault[]): Promise<void> {
  await tell("faults", given);
}

/** The requests of the scenario. */
export async function requests(): Promise<Seen[]> {
  return (await (await tell("requests")).json()) as Seen[];
}

async function tell(command: string, body?: unknown): Promise<Response> {
  const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(`${baseUrl}/_matrix/${command}`, init);
  if (!response.ok) throw new Error(`${command}: ${await response.text()}`);
  return response;
}

function variable(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}
