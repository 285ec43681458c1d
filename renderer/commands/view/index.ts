import type { Command } from '../command.ts'
import { about } from './about.ts'
import { gallery } from './gallery.ts'
import { guide } from './guide.ts'
import { dockPanel, inspectorPanel, leftPanel } from './panels.ts'
import { nextRegion, previousRegion } from './regions.ts'
import { shortcuts } from './shortcuts.ts'
import { darkTheme, lightTheme, systemTheme } from './themes.ts'

export const viewCommands: readonly Command[] = [
  gallery,
  leftPanel,
  inspectorPanel,
  dockPanel,
  systemTheme,
  lightTheme,
  darkTheme,
  nextRegion,
  previousRegion,
  shortcuts,
  guide,
  about,
]
