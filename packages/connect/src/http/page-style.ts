/** The look of the plain pages that are there without the web app. */
export const pageStyle = `:root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif; }
body { max-width: 36rem; margin: 3rem auto; padding: 0 1rem; }
code { font-size: .95em; }
label { display: block; margin-top: 1rem; }
input { font: inherit; width: 100%; box-sizing: border-box; padding: .5rem; }
button { font: inherit; margin-top: 1.5rem; padding: .5rem 1.5rem; }
small { display: block; }
`
