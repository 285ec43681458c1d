export function ProblemsPanel() {
  return <div>ProblemsPanel</div>
}
