export function ConnectionsPanel() {
  return <div>ConnectionsPanel</div>
}
