import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { Host, RuntimeClient, ShellClient } from './host.ts'
import { ChangingRuntimeLink } from './runtime-link.ts'

/** What the preload puts into the page. */
export interface DesktopBridge {
  /** Asks the main process for the ports; they arrive as window messages `{ millracePort: 'shell' | 'runtime' }`. */
  connect(): void
  pathOfFile(file: File): string
}

declare global {
  interface Window {
    readonly millrace?: DesktopBridge
  }
}

/** Resolves when the port to the main process is there. The runtime's port comes later, and again after each restart. */
export function connectDesktop(bridge: DesktopBridge): Promise<Host> {
  return new Promise((resolve) => {
    const runtime = new ChangingRuntimeLink()
    window.addEventListener('message', ({ source, data, ports }: MessageEvent<unknown>) => {
      const [port] = ports
      if (source !== window || port === undefined || typeof data !== 'object' || data === null) return
      const which: unknown = Reflect.get(data, 'millracePort')
      const link = new RPCLink({ port })
      port.start()
      if (which === 'runtime') {
        port.addEventListener('close', () => runtime.went('The engine stopped.'))
        runtime.came(createORPCClient<RuntimeClient>(link))
      }
      if (which === 'shell')
        resolve({ shell: createORPCClient<ShellClient>(link), runtime, pathOfFile: (file) => bridge.pathOfFile(file) || undefined })
    })
    bridge.connect()
  })
}
