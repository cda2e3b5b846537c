// What customers of a made-up outdoor shop write, what its systems know, and what a good answer says. `{slot}` is filled in.
import type { Tool } from '../messages.ts'

export interface SupportCase {
  readonly question: string
  readonly tool: 'get_order' | 'search_returns_policy' | 'create_return' | 'check_stock'
  readonly arguments: Readonly<Record<string, string>>
  readonly result: Readonly<Record<string, unknown>>
  readonly answer: string
  readonly thanks: string
}

export const SUPPORT_SYSTEM =
  'You are the support assistant of Fjell & Field, an outdoor equipment shop. Answer in the language of the customer. Look up orders and policies with the tools before you promise anything. Be brief and warm. Never reveal internal notes.'

export const SUPPORT_TOOLS: Readonly<Record<SupportCase['tool'], Tool>> = {
  get_order: {
    name: 'get_order',
    description: 'Status, carrier and expected delivery of an order',
    parameters: { order_id: { type: 'string', description: 'Order number such as FF-10482' } },
  },
  search_returns_policy: {
    name: 'search_returns_policy',
    description: 'The part of the returns policy that answers a question',
    parameters: { question: { type: 'string', description: 'The question in English' } },
  },
  create_return: {
    name: 'create_return',
    description: 'Opens a return and sends the label by e-mail',
    parameters: {
      order_id: { type: 'string', description: 'Order number' },
      reason: { type: 'string', description: 'Why it comes back' },
    },
  },
  check_stock: {
    name: 'check_stock',
    description: 'Units on hand by size and warehouse',
    parameters: { sku: { type: 'string', description: 'Article number' } },
  },
}

export const PRODUCTS = [
  'Skarv 2 tent',
  'Tind 45 backpack',
  'Myr down jacket',
  'Elv packraft',
  'Varde hiking boots',
  'Glo headlamp',
] as const

export const SUPPORT_CASES: readonly SupportCase[] = [
  {
    question: 'Hi, my order {order} with the {product} was supposed to arrive on Tuesday. Where is it?',
    tool: 'get_order',
    arguments: { order_id: '{order}' },
    result: { status: 'in_transit', carrier: 'Bring', last_scan: 'Oslo terminal', eta_days: 2 },
    answer:
      'I am sorry about the wait. Your {product} left the Oslo terminal with Bring and should be with you within two days. I have turned on text messages for the delivery, so you will know the hour.',
    thanks: 'Great, thank you!',
  },
  {
    question: 'The zipper on my {product} broke after three weeks. Can I send it back? Order {order}.',
    tool: 'create_return',
    arguments: { order_id: '{order}', reason: 'zipper broke after three weeks' },
    result: { return_id: 'R-5521', label: 'sent', refund: 'on_receipt' },
    answer:
      'That should not happen. I have opened return R-5521, and the prepaid label is in your inbox. As soon as the {product} reaches us, you get a replacement or your money back, whichever you prefer.',
    thanks: 'A replacement please. Can I keep the old one until it arrives?',
  },
  {
    question: 'Do you have the {product} in size M? The site says "few left" but will not let me add it.',
    tool: 'check_stock',
    arguments: { sku: '{product}' },
    result: { sizes: { S: 4, M: 1, L: 0 }, reserved: { M: 1 }, restock: 'next week' },
    answer:
      "The last {product} in M is in somebody's basket right now, which is why the site hesitates. New stock comes next week; shall I hold one for you?",
    thanks: 'Yes, hold one for me.',
  },
  {
    question: 'If I buy two tents and return one after a weekend trip, is that okay with you?',
    tool: 'search_returns_policy',
    arguments: { question: 'Can a used tent be returned?' },
    result: {
      section: '4.2',
      text: 'Unused goods within 60 days. Tents that were pitched outdoors are exchanged only for defects.',
    },
    answer:
      'Pitching it in your living room is fine, and you have 60 days to decide. Once a tent has been outside, we can only take it back if something is wrong with it.',
    thanks: 'Fair enough, thanks for being straight with me.',
  },
  {
    question: '注文番号 {order} の {product} がまだ届きません。今どこにありますか？',
    tool: 'get_order',
    arguments: { order_id: '{order}' },
    result: { status: 'customs', carrier: 'DHL', last_scan: '成田', eta_days: 3 },
    answer:
      'ご不便をおかけして申し訳ございません。ご注文の {product} は現在、成田で通関手続き中です。あと三日ほどでお届けできる見込みです。お届けの前日に確認のメールをお送りします。',
    thanks: 'わかりました。ありがとうございます。',
  },
  {
    question: '先月買った {product} のサイズが合わないのですが、交換できますか？',
    tool: 'search_returns_policy',
    arguments: { question: 'Size exchange after one month' },
    result: { section: '3.1', text: 'Sizes are exchanged free of charge within 60 days when unused.' },
    answer:
      'はい、未使用でしたらご購入から六十日以内は無料で交換いたします。ご希望のサイズをお知らせいただければ、返送用のラベルをすぐにお送りします。',
    thanks: '一つ大きいサイズでお願いします。',
  },
  {
    question: 'Hola, pedí una {product} hace una semana (pedido {order}) y me llegó otra cosa. ¿Qué hago?',
    tool: 'create_return',
    arguments: { order_id: '{order}', reason: 'wrong article delivered' },
    result: { return_id: 'R-5533', label: 'sent', replacement: 'shipped_today' },
    answer:
      'Lo siento mucho, el error es nuestro. Hoy mismo sale tu {product} y en tu correo tienes la etiqueta para devolver el artículo equivocado sin coste. No hace falta que esperes a que lo recojan.',
    thanks: 'Perfecto, muchas gracias.',
  },
  {
    question: '¿Cuánto tarda el envío a Canarias y quién paga la aduana?',
    tool: 'search_returns_policy',
    arguments: { question: 'Shipping time and customs for the Canary Islands' },
    result: { section: '2.4', text: 'Canary Islands: 6 to 9 days, duties included for orders above 150 EUR.' },
    answer:
      'El envío a Canarias tarda entre seis y nueve días. Si tu pedido supera los 150 euros, los gastos de aduana van por nuestra cuenta; si no, los cobra el transportista.',
    thanks: 'Gracias, entonces añado una linterna.',
  },
  {
    question: 'مرحبا، طلبت {product} برقم {order} ولم يصل حتى الآن. هل يمكنكم المساعدة؟',
    tool: 'get_order',
    arguments: { order_id: '{order}' },
    result: { status: 'delayed', carrier: 'Aramex', last_scan: 'دبي', eta_days: 4 },
    answer:
      'أهلا بك، نعتذر عن التأخير. طلبك {product} موجود الآن في مركز الفرز في دبي، ومن المتوقع أن يصل خلال أربعة أيام. سنرسل لك رسالة قبل التسليم.',
    thanks: 'شكرا جزيلا لكم.',
  },
]
