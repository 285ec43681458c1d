import { Menu } from '@mantine/core'
import { IconFileExport } from '@tabler/icons-react'
import { copyCommandLine } from '../commands/run/copy-command-line.ts'
import { exportSpec } from '../commands/run/export-spec.ts'
import { BarButton } from './BarButton.tsx'
import { CommandItems } from './CommandItems.tsx'

/** What leaves the drawing for elsewhere. */
export function ExportMenu() {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <BarButton menu collapses icon={<IconFileExport size={16} stroke={1.5} aria-hidden />} aria-label="Export">
          Export
        </BarButton>
      </Menu.Target>
      <Menu.Dropdown>
        <CommandItems commands={[{ ...exportSpec, title: 'Spec as JSON…' }, copyCommandLine]} />
      </Menu.Dropdown>
    </Menu>
  )
}
