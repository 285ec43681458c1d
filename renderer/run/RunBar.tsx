export function RunBar() {
  return <div>RunBar</div>
}
