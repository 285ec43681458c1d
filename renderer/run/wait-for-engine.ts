import type { RuntimeClient, RuntimeLink } from '../host/host.ts'

/** Whoever presses Run right after the window opened, or after the engine was lost, means the one that is just starting. */
const PATIENCE_MS = 5000

/** The engine, as soon as it is up; undefined where it does not come. */
export function waitForEngine(runtime: RuntimeLink): Promise<RuntimeClient | undefined> {
  if (runtime.client !== undefined) return Promise.resolve(runtime.client)
  const patience = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), PATIENCE_MS))
  return Promise.race([runtime.ready(), patience])
}
