// Before anything is drawn: the colours that the reader chose, if any; else those of the system hold.
try {
  const chosen = localStorage.getItem('millrace-colours')
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.mantineColorScheme = chosen
} catch {
  // A browser may refuse storage to a file; then the system's colours hold.
}
