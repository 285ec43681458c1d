export function Outline() {
  return <div>Outline</div>
}
