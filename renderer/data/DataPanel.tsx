export function DataPanel() {
  return <div>DataPanel</div>
}
