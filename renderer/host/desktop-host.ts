import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { wireForms } from '../../pipeline-runtime/rpc/wire-forms.ts'
import type { Host, RuntimeClient, ShellClient } from './host.ts'
import { ChangingRuntimeLink } from './runtime-link.ts'

/** What the preload puts into the page. */
export interface DesktopBridge {
  /**
   * Asks the main process for the ports; they arrive as window messages `{ millracePort: 'shell' | 'runtime' }`. When the runtime ended,
   * `{ millracePort: 'lost', reason }` says why.
   */
  connect(): void
  pathOfFile(file: File): string
}

declare global {
  interface Window {
    readonly millrace?: DesktopBridge
  }
}

/** The port closes a little before the main process knows why. */
const REASON_MS = 500

/** Resolves when the port to the main process is there. The runtime's port comes later, and again after each restart. */
export function connectDesktop(bridge: DesktopBridge): Promise<Host> {
  return new Promise((resolve) => {
    const runtime = new ChangingRuntimeLink()
    window.addEventListener('message', ({ source, data, ports: [port] }: MessageEvent<unknown>) => {
      if (source !== window || typeof data !== 'object' || data === null) return
      const which: unknown = Reflect.get(data, 'millracePort')
      if (which === 'lost') runtime.went(String(Reflect.get(data, 'reason')))
      else if (which === 'runtime' && port !== undefined) takeRuntime(runtime, port)
      else if (which === 'shell' && port !== undefined) {
        const shell = createORPCClient<ShellClient>(linkOver(port))
        resolve({ shell, runtime, pathOfFile: (file) => bridge.pathOfFile(file) || undefined })
      }
    })
    bridge.connect()
  })
}

function takeRuntime(runtime: ChangingRuntimeLink, port: MessagePort): void {
  const client = createORPCClient<RuntimeClient>(linkOver(port))
  port.addEventListener('close', () => {
    setTimeout(() => {
      if (runtime.client === client) runtime.went('The engine stopped.')
    }, REASON_MS)
  })
  runtime.came(client)
}

function linkOver(port: MessagePort): RPCLink<Record<never, never>> {
  const link = new RPCLink({ port, customJsonSerializers: wireForms })
  port.start()
  return link
}
