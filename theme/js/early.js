// Before the first paint: which theme, and whether the contents stand open. Runs alone, in the head, blocking.
(() => {
  const html = document.documentElement;
  let theme = null;
  let contents = null;
  try {
    theme = localStorage.getItem('dsr.theme');
    contents = localStorage.getItem('dsr.contents');
    if (theme !== null && theme !== 'light' && theme !== 'navy') {
      localStorage.removeItem('dsr.theme'); // not one of ours: back to what the system prefers
      theme = null;
    }
  } catch { /* storage is blocked: nothing is remembered, everything else works */ }
  theme ??= matchMedia('(prefers-color-scheme: dark)').matches ? 'navy' : 'light';
  html.classList.remove('light', 'navy');
  html.classList.add('js', theme);
  // Beside the text where there is room; on a narrow screen the contents lie over the text and start closed.
  if (matchMedia('(min-width: 68rem)').matches && contents !== 'closed') html.classList.add('contents-open');
})();
