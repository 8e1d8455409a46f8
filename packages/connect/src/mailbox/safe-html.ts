import sanitize, { type IOptions } from 'sanitize-html'

/** Longer HTML is not shown; its text is, and the source is kept. */
export const mostHtmlChars = 2_000_000
const plain = /^(?!.*(?:\/\*|\\))(?:[^()]*|rgba?\([\d\s,.%/]+\)|hsla?\([\d\s,.%/deg]+\))$/i
const noWay = /^$/
const styleNames = [
  ...['color', 'background', 'background-color', 'opacity', 'width', 'height', 'max-width', 'min-width', 'max-height'],
  ...['font', 'font-family', 'font-size', 'font-style', 'font-weight', 'font-variant', 'line-height', 'letter-spacing'],
  ...['text-align', 'text-decoration', 'text-indent', 'text-transform', 'vertical-align', 'white-space', 'word-break'],
  ...[
    'direction',
    'unicode-bidi',
    'list-style',
    'list-style-type',
    'border-collapse',
    'border-spacing',
    'table-layout',
  ],
  ...['display', 'float', 'clear', 'word-wrap', 'overflow-wrap', 'mso-line-height-rule'],
  ...['margin', 'padding', 'border'].flatMap((name) => [
    name,
    ...['top', 'right', 'bottom', 'left'].map((side) => `${name}-${side}`),
  ]),
  ...['border-color', 'border-style', 'border-width', 'border-radius'],
]
const styles = Object.fromEntries(styleNames.map((name) => [name, [name.startsWith('mso') ? noWay : plain]]))
const look = [
  'align',
  'valign',
  'bgcolor',
  'color',
  'width',
  'height',
  'border',
  'style',
  'dir',
  'lang',
  'title',
  'class',
]
const pictures = /^data:image\/(png|jpe?g|gif|webp|bmp);base64,[A-Za-z0-9+/=\s]+$/i

interface Safe {
  readonly html: string
  readonly hasRemoteImages: boolean
}

/**
 * The HTML of a mail without anything that acts or loads: no script, form, frame, style sheet, event or foreign address. Images of the mail
 * itself stay as `cid:`; the address of any other one goes into `data-remote`, where no browser looks. Links open apart and do not say
 * where they come from. What shows it puts it into a sandbox all the same.
 */
export function safeHtml(html: string): Safe {
  let hasRemoteImages = false
  const options: IOptions = {
    allowedTags: [
      ...['a', 'abbr', 'address', 'article', 'b', 'bdi', 'bdo', 'big', 'blockquote', 'br', 'caption', 'center', 'cite'],
      ...['code', 'col', 'colgroup', 'dd', 'del', 'dfn', 'div', 'dl', 'dt', 'em', 'figcaption', 'figure', 'font'],
      ...['footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'main', 'mark'],
      ...[
        'ol',
        'p',
        'pre',
        'q',
        'rp',
        'rt',
        'ruby',
        's',
        'samp',
        'section',
        'small',
        'span',
        'strike',
        'strong',
        'sub',
      ],
      ...['sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'time', 'tr', 'tt', 'u', 'ul', 'var', 'wbr'],
    ],
    allowedAttributes: {
      '*': look,
      a: ['href', 'target', 'rel', 'name'],
      img: ['src', 'alt', 'data-remote'],
      font: ['face', 'size'],
      ol: ['start', 'type', 'reversed'],
      li: ['value'],
      table: ['cellpadding', 'cellspacing', 'summary'],
      td: ['colspan', 'rowspan', 'nowrap', 'headers', 'scope'],
      th: ['colspan', 'rowspan', 'nowrap', 'headers', 'scope'],
      col: ['span'],
      colgroup: ['span'],
      time: ['datetime'],
    },
    allowedClasses: {},
    allowedStyles: { '*': styles },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['cid', 'data'] },
    allowProtocolRelative: false,
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'noscript',
      'title',
      'head',
      'template',
      'svg',
      'math',
      'iframe',
    ],
    nestingLimit: 200,
    transformTags: {
      a: (tagName, attributes) => ({
        tagName,
        attribs: { ...attributes, target: '_blank', rel: 'noopener noreferrer nofollow' },
      }),
      img: (tagName, { src = '', ...attributes }) => {
        const { 'data-remote': _, ...rest } = attributes
        if (/^cid:/i.test(src) || pictures.test(src)) return { tagName, attribs: { ...rest, src } }
        if (!/^(https?:)?\/\//i.test(src)) return { tagName, attribs: rest }
        hasRemoteImages = true
        return { tagName, attribs: { ...rest, 'data-remote': src.replace(/^\/\//, 'https://') } }
      },
    },
  }
  return { html: sanitize(html.slice(0, mostHtmlChars), options), hasRemoteImages }
}
