// Code blocks: colours, hidden lines, a copy button.
(() => {
  const blocks = [...document.querySelectorAll('main pre > code')];
  if (!blocks.length) return;

  const known = blocks.filter(code => /\blanguage-(?!text\b|console\b)\w/.test(code.className));
  if (known.length) {
    const script = document.createElement('script');
    script.src = document.documentElement.dataset.highlight;
    script.onload = () => {
      const language = code => code.className.match(/\blanguage-([\w+-]+)/)[1];
      known.filter(code => hljs.getLanguage(language(code))).forEach(code => hljs.highlightBlock(code));
    };
    document.head.append(script);
  }

  const button = (pre, text) => {
    const b = document.createElement('button');
    b.type = 'button';
    b.textContent = text;
    let tools = pre.querySelector('.code-tools');
    if (!tools) {
      tools = document.createElement('div');
      tools.className = 'code-tools';
      pre.prepend(tools);
    }
    tools.append(b);
    return b;
  };

  blocks.forEach(code => {
    const pre = code.parentElement;
    if (code.querySelector('.boring')) {
      const b = button(pre, 'All lines');
      b.setAttribute('aria-pressed', 'false');
      b.addEventListener('click', () => {
        const on = code.classList.toggle('whole');
        b.setAttribute('aria-pressed', on);
      });
    }
    const copy = button(pre, 'Copy');
    const status = document.createElement('span');
    status.className = 'sr';
    status.setAttribute('role', 'status');
    copy.after(status);
    copy.addEventListener('click', async () => {
      // A terminal block is copied without its prompts and without the answers.
      const lines = code.textContent.split('\n');
      const typed = code.matches('.language-console') ? lines.filter(l => l.startsWith('$ ')).map(l => l.slice(2)) : [];
      try {
        await navigator.clipboard.writeText(typed.length ? typed.join('\n') + '\n' : code.textContent);
        copy.textContent = 'Copied';
      } catch {
        getSelection().selectAllChildren(code);
        copy.textContent = 'Selected';
      }
      status.textContent = copy.textContent;
      setTimeout(() => { copy.textContent = 'Copy'; status.textContent = ''; }, 2000);
    });
  });
})();
