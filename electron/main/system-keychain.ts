import { safeStorage } from 'electron'
import type { Keychain } from '../../pipeline-runtime/server/shell/kept-secrets.ts'

/** Where Linux has no keyring, Electron would lock with a password that everybody knows. */
const HIDES_NOTHING = new Set(['basic_text', 'unknown'])

/** The keychain of macOS, the data protection of Windows, the keyring (GNOME, KDE) of Linux. Asked when the app is ready. */
export const systemKeychain: Keychain = {
  isThere: () =>
    safeStorage.isEncryptionAvailable() && !(process.platform === 'linux' && HIDES_NOTHING.has(safeStorage.getSelectedStorageBackend())),
  seal: (text) => safeStorage.encryptString(text).toString('base64'),
  open: (sealed) => safeStorage.decryptString(Buffer.from(sealed, 'base64')),
}
