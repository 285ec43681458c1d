import { Canvas } from '../canvas/Canvas.tsx'
import { ConnectionsPanel } from '../connections/ConnectionsPanel.tsx'
import { DataPanel } from '../data/DataPanel.tsx'
import { Gallery } from '../gallery/Gallery.tsx'
import { Inspector } from '../inspector/Inspector.tsx'
import { LogsPanel } from '../logs/LogsPanel.tsx'
import { Outline } from '../outline/Outline.tsx'
import { Palette } from '../palette/Palette.tsx'
import { ProblemsPanel } from '../problems/ProblemsPanel.tsx'
import { RunBar } from '../run/RunBar.tsx'
import { useView } from './studio-context.tsx'

export function App() {
  const gallery = useView((view) => view.gallery)
  return (
    <>
      <RunBar />
      <Palette />
      <Outline />
      <ConnectionsPanel />
      {gallery ? <Gallery /> : <Canvas />}
      <Inspector />
      <DataPanel />
      <ProblemsPanel />
      <LogsPanel />
    </>
  )
}
