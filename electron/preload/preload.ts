import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { DesktopBridge } from '../../renderer/host/desktop-host.ts'
import { CONNECT, DROPPED, PORT, type PortMessage } from './channels.ts'

/** What came before the page asked: the ports are on their way while its code is read. */
const early: (() => void)[] = []
let asked = false

const bridge: DesktopBridge = {
  connect() {
    if (asked) ipcRenderer.send(CONNECT)
    asked = true
    for (const pass of early.splice(0)) pass()
  },
  pathOfFile(file) {
    const path = webUtils.getPathForFile(file)
    // Only a file that the user dropped has a path; the main process hears it from here and takes no other path from the page.
    if (path !== '') ipcRenderer.send(DROPPED, path)
    return path
  },
}

contextBridge.exposeInMainWorld('millrace', bridge)

// Ports cannot cross the bridge; a window message can carry them.
ipcRenderer.on(PORT, ({ ports }, message: PortMessage) => {
  const { which: millracePort, ...rest } = message
  const pass = (): void => window.postMessage({ millracePort, ...rest }, window.location.origin, ports)
  if (asked) pass()
  else early.push(pass)
})
ipcRenderer.send(CONNECT)
