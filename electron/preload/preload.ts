import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { DesktopBridge } from '../../renderer/host/desktop-host.ts'
import { CONNECT, DROPPED, PORT, type PortMessage } from './channels.ts'

const bridge: DesktopBridge = {
  connect: () => ipcRenderer.send(CONNECT),
  pathOfFile(file) {
    const path = webUtils.getPathForFile(file)
    // Only a file that the user dropped has a path; the main process hears it from here and takes no other path from the page.
    if (path !== '') ipcRenderer.send(DROPPED, path)
    return path
  },
}

contextBridge.exposeInMainWorld('millrace', bridge)

// Ports cannot cross the bridge; a window message can carry them.
ipcRenderer.on(PORT, (event, message: PortMessage) => {
  const { which: millracePort, ...rest } = message
  window.postMessage({ millracePort, ...rest }, window.location.origin, event.ports)
})
