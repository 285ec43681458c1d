export function Inspector() {
  return <div>Inspector</div>
}
