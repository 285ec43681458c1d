import type { Command } from '../command.ts'
import { newDocument } from './new-document.ts'
import { newWindow } from './new-window.ts'
import { open } from './open.ts'
import { save } from './save.ts'
import { saveAs } from './save-as.ts'

export const fileCommands: readonly Command[] = [newDocument, newWindow, open, save, saveAs]
