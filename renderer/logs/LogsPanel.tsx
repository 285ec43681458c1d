export function LogsPanel() {
  return <div>LogsPanel</div>
}
