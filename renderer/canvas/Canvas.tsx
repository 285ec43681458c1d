export function Canvas() {
  return <div>Canvas</div>
}
