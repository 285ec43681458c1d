import { ActionIcon, Menu } from '@mantine/core'
import { IconBook, IconCheck, IconDotsVertical, IconLayoutGrid } from '@tabler/icons-react'
import { useStudio, useView } from '../app/studio-context.tsx'
import type { Theme } from '../state/view-store.ts'

const icon = { size: 16, stroke: 1.5, 'aria-hidden': true } as const

const themes: readonly { readonly id: Theme; readonly title: string }[] = [
  { id: 'system', title: 'As the system' },
  { id: 'light', title: 'Light' },
  { id: 'dark', title: 'Dark' },
]

/** Gallery, guide and theme. */
export function MoreMenu() {
  const { view, host } = useStudio()
  const theme = useView((state) => state.theme)
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" aria-label="More">
          <IconDotsVertical {...icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconLayoutGrid {...icon} />} onClick={() => view.setState({ gallery: true })}>
          Gallery
        </Menu.Item>
        <Menu.Item leftSection={<IconBook {...icon} />} onClick={() => void host.shell.window.openGuide()}>
          Guide
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Theme</Menu.Label>
        {themes.map(({ id, title }) => (
          <Menu.Item
            key={id}
            role="menuitemradio"
            aria-checked={theme === id}
            leftSection={theme === id ? <IconCheck {...icon} /> : <span style={{ width: 16 }} />}
            onClick={() => view.setState({ theme: id })}
          >
            {title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
