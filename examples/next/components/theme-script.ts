export const themeName = 'theme';

/** Shows the theme that was chosen here before, while the page is still being read. */
export const keptThemeScript = `try{const t=localStorage.getItem('${themeName}');if(t==='dark'||t==='light')document.documentElement.dataset.theme=t}catch{}`;
