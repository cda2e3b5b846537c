// A small knowledge base of a made-up billing product, and the questions that its users ask.

export interface Document {
  readonly id: string
  readonly title: string
  readonly text: string
}

export interface KnowledgeQuestion {
  readonly question: string
  /** Ids of the documents that answer it, best first. */
  readonly sources: readonly string[]
  readonly answer: string
}

export const KNOWLEDGE_SYSTEM =
  'Answer the question from the given passages only. Cite each passage that you use as [id]. When the passages do not answer it, say so.'

export const DOCUMENTS: readonly Document[] = [
  {
    id: 'invoices-07',
    title: 'Correcting an invoice',
    text: 'An invoice that was sent cannot be edited. Issue a credit note for the full amount and a new invoice. The credit note keeps the number series without gaps, which tax offices ask for.',
  },
  {
    id: 'invoices-11',
    title: 'Partial credit',
    text: 'For a wrong quantity, a partial credit note is enough. Choose the lines, not the amount: VAT is computed per line.',
  },
  {
    id: 'sso-02',
    title: 'Single sign-on with Entra ID',
    text: 'Add the app from the gallery, copy the metadata address into Settings > Security, and map the e-mail claim. Users that exist are linked by e-mail at their next sign-in.',
  },
  {
    id: 'sso-05',
    title: 'When single sign-on locks everyone out',
    text: 'The owner can always sign in with a recovery code at /recover. Codes are printed once, when single sign-on is turned on. Support cannot read them.',
  },
  {
    id: 'api-03',
    title: 'Rate limits',
    text: 'The API allows 600 requests a minute for each key and answers 429 with Retry-After beyond that. Bulk endpoints count as one request for up to 500 items.',
  },
  {
    id: 'api-09',
    title: 'Webhooks and retries',
    text: 'A webhook that does not answer 2xx within ten seconds is sent again for three days with growing gaps. The header Event-Id is the same in each attempt: use it to ignore repeats.',
  },
  {
    id: 'tax-04',
    title: 'Reverse charge in the EU',
    text: 'When the buyer has a valid VAT number in another member state, the invoice carries no VAT and the sentence "Reverse charge". Numbers are checked with VIES each night.',
  },
  {
    id: 'export-01',
    title: 'Exports for the accountant',
    text: 'DATEV, SIE and CSV exports contain booked documents only. Drafts are never exported. The export of a month can be repeated; the file name then carries a counter.',
  },
]

export const KNOWLEDGE_QUESTIONS: readonly KnowledgeQuestion[] = [
  {
    question: 'I sent an invoice with the wrong customer name. How do I fix it?',
    sources: ['invoices-07', 'invoices-11'],
    answer:
      'You cannot edit a sent invoice. Issue a credit note for the full amount and then a new invoice with the right name [invoices-07]. A partial credit note would only help with a wrong quantity [invoices-11].',
  },
  {
    question: 'How many API calls can I make when I import 20,000 customers?',
    sources: ['api-03'],
    answer:
      'Use the bulk endpoint: 500 customers count as one request, so 20,000 take 40 requests, far below the 600 a minute that each key has [api-03].',
  },
  {
    question: 'Our webhook handler booked the same payment twice. What did we do wrong?',
    sources: ['api-09', 'api-03'],
    answer:
      'Your handler probably took longer than ten seconds, and the event was sent again. Each attempt carries the same Event-Id; remember the ids you have booked and ignore repeats [api-09].',
  },
  {
    question: 'Wir haben einen Kunden in Frankreich mit USt-IdNr. Muss Mehrwertsteuer auf die Rechnung?',
    sources: ['tax-04', 'invoices-07'],
    answer:
      'Nein. Mit gültiger USt-IdNr. aus einem anderen Mitgliedstaat wird ohne Mehrwertsteuer und mit dem Hinweis „Reverse charge“ abgerechnet. Die Nummer wird jede Nacht bei VIES geprüft [tax-04].',
  },
  {
    question: 'SSO is broken and nobody can log in, including me as the owner!',
    sources: ['sso-05', 'sso-02'],
    answer:
      'Sign in at /recover with one of the recovery codes that were printed when single sign-on was turned on [sso-05]. Then check the metadata address and the e-mail claim in Settings > Security [sso-02].',
  },
  {
    question: 'My accountant says the March export is missing three invoices.',
    sources: ['export-01'],
    answer:
      'Exports hold booked documents only; look whether the three invoices are still drafts [export-01]. Book them and run the export for March again: it may be repeated.',
  },
]
