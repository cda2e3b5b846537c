// Everyday exchanges with a general assistant on a phone, in several languages.

export interface Exchange {
  readonly ask: string
  readonly reply: string
}

export const ASSISTANT_SYSTEM =
  'You are a friendly assistant in a mobile app. Keep answers short enough to read on a phone, and answer in the language of the user.'

export const EXCHANGES: readonly Exchange[] = [
  {
    ask: 'Give me a 20 minute dinner with chickpeas and spinach.',
    reply:
      'Fry an onion with two cloves of garlic for five minutes. Add a teaspoon each of cumin and smoked paprika, a can of tomatoes and a can of drained chickpeas, and simmer for ten minutes. Stir in 200 g of spinach until it wilts, then finish with lemon and yoghurt. Good with flatbread.',
  },
  {
    ask: 'Rewrite this so it sounds less angry: "You promised this on Monday and it is still broken."',
    reply:
      '"On Monday we agreed that this would be fixed, and I still see the problem today. Could you tell me where it stands and when I can expect it?"',
  },
  {
    ask: 'Why does my sourdough come out flat?',
    reply:
      'Most often the dough was left too long. If it spreads when you turn it out, shorten the second rise by an hour or move it to the fridge. If it is dense with a few big holes, it was the opposite: give the starter more time before you mix. A poke that springs back slowly means it is ready.',
  },
  {
    ask: 'Explain compound interest to a ten year old.',
    reply:
      'Imagine a snowball rolling down a hill. Each turn picks up more snow, and the bigger it gets, the more it picks up with each turn. Money in a savings account does the same: the bank adds a little, and next year it adds a little to the bigger pile.',
  },
  {
    ask: 'Plan two days in Lisbon with a toddler, no museums.',
    reply:
      'Day one: tram 28 early, before the crowds, then the Jardim da Estrela playground and pastéis by the river in Belém. Day two: the Oceanário in the morning, the cable car beside it, and the lawns of Parque das Nações after the nap. Bring a carrier; the pavements do not like pushchairs.',
  },
  {
    ask: '明日のプレゼンの冒頭で使える、短い自己紹介を考えてください。',
    reply:
      '「おはようございます。開発部の田中です。この半年間、配送の遅れを半分にするための仕組みを作ってきました。今日はその中で分かった三つのことをお話しします。」落ち着いて話せば十五秒ほどです。',
  },
  {
    ask: '京都で雨の日に子どもと過ごせる場所はありますか？',
    reply:
      '雨の日でしたら、京都鉄道博物館がおすすめです。運転のシミュレーターがあり、半日は楽しめます。小さなお子さまなら、京都水族館も駅から近くて便利です。どちらも週末は混みますので、開館直後に行くとよいでしょう。',
  },
  {
    ask: '¿Me ayudas a escribir un mensaje para pedir un aumento?',
    reply:
      '«Hola, Marta. Este año he llevado la migración de pagos y he formado a dos compañeros nuevos. Me gustaría hablar contigo sobre mi sueldo y sobre los próximos pasos. ¿Tienes media hora esta semana?» Es concreto, amable y deja la puerta abierta.',
  },
  {
    ask: '¿Qué diferencia hay entre "por" y "para"?',
    reply:
      '«Por» mira hacia atrás: la causa o el camino (lo hice por ti, paso por Madrid). «Para» mira hacia delante: el objetivo o el destino (lo hice para ayudarte, salgo para Madrid).',
  },
  {
    ask: 'اقترح علي ثلاثة كتب عن تاريخ العلوم عند العرب.',
    reply:
      'أقترح عليك ثلاثة كتب: «بيت الحكمة» لجيم الخليلي لأنه سهل القراءة، و«تاريخ العلوم عند العرب» لعمر فروخ لمن يريد التفصيل، و«كتاب المناظر» لابن الهيثم في طبعة مشروحة لمن يحب الأصل.',
  },
  {
    ask: 'What is a polite way to leave a party early?',
    reply:
      'Thank the host once, name one thing you enjoyed, and go: "Thank you, the food was wonderful. I have an early start, so I am slipping out." No long explanation, and no round of goodbyes.',
  },
]
