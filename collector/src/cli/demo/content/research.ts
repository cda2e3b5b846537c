// Questions that take an agent several searches, what each search finds, and the report at the end.

export interface ResearchStep {
  readonly thought: string
  readonly tool: 'web_search' | 'read_page' | 'run_python'
  readonly arguments: Readonly<Record<string, string>>
  readonly result: string
}

export interface ResearchTask {
  readonly question: string
  readonly steps: readonly ResearchStep[]
  readonly report: string
}

export const RESEARCH_SYSTEM =
  'You are a careful research analyst. Work in small steps: search, read, compute, then write. State which source each figure comes from, and say what you could not find. Stop as soon as the question is answered. Prefer primary sources (statistics offices, filings, standards) over news. Convert every figure to SI units and the currency of the question. Never invent a citation.'

export const RESEARCH_TOOLS = [
  {
    name: 'web_search',
    description: 'Searches the web and returns titles with short excerpts',
    parameters: { query: { type: 'string', description: 'Search words' } },
  },
  {
    name: 'read_page',
    description: 'Returns the readable text of a page',
    parameters: { url: { type: 'string', description: 'Address of the page' } },
  },
  {
    name: 'run_python',
    description: 'Runs a short Python program and returns what it prints',
    parameters: { code: { type: 'string', description: 'The program' } },
  },
] as const

export const RESEARCH_TASKS: readonly ResearchTask[] = [
  {
    question:
      'How much would it cost to heat a 140 m² house in Trondheim with a ground-source heat pump, compared with direct electric heating?',
    steps: [
      {
        thought: 'First the heat demand of a typical house of that size and climate.',
        tool: 'web_search',
        arguments: { query: 'average heat demand kWh per m2 detached house Trondheim climate zone' },
        result:
          'Statistics office: detached houses built 1990-2010 use 118 kWh/m² a year for space heating and hot water in central Norway. Building code: new houses 75 kWh/m².',
      },
      {
        thought: 'Now the seasonal performance of ground-source pumps in cold climates.',
        tool: 'read_page',
        arguments: { url: 'https://heatpumps.example/field-trial-nordic' },
        result:
          'Field trial of 64 ground-source installations: seasonal performance factor 3.4 on average (2.9 to 4.1), including the circulation pumps. Median price installed: 215,000 NOK.',
      },
      {
        thought: 'Spot price plus grid fee for the region.',
        tool: 'web_search',
        arguments: { query: 'NO3 electricity price average 2025 øre per kWh including grid fee' },
        result: 'NO3 average 2025: 41 øre spot, 49 øre grid fee and taxes, together 90 øre per kWh.',
      },
      {
        thought: 'Compute both bills and the payback time.',
        tool: 'run_python',
        arguments: { code: 'd=140*118; p=0.9; e=d*p; h=d/3.4*p; print(round(e), round(h), round(215000/(e-h),1))' },
        result: '14868 4373 20.5',
      },
    ],
    report:
      'With direct electric heating the house needs about 16,500 kWh a year, which costs 14,900 NOK at 90 øre/kWh. A ground-source heat pump with a seasonal factor of 3.4 needs 4,900 kWh and costs 4,400 NOK. The saving of 10,500 NOK a year pays back an installation of 215,000 NOK after about 20 years, so at present prices the case rests on higher prices or on subsidies. I found no figures for maintenance.',
  },
  {
    question: 'Which open standards should a city use to publish bus arrival times, and who already does?',
    steps: [
      {
        thought: 'Find the candidate standards.',
        tool: 'web_search',
        arguments: { query: 'open standard real time bus arrivals GTFS Realtime SIRI comparison' },
        result:
          'GTFS Realtime: protobuf feeds, widely consumed by trip planners. SIRI 2.1: XML, European standard EN 15531, richer, required by EU regulation 2017/1926 through national access points.',
      },
      {
        thought: 'Check adoption for the first one.',
        tool: 'read_page',
        arguments: { url: 'https://transit.example/adoption-2026' },
        result:
          'Registry lists 1,940 agencies with GTFS Schedule and 612 with GTFS Realtime trip updates; 47 publish SIRI Lite as well.',
      },
    ],
    report:
      'Publish GTFS Schedule with GTFS Realtime trip updates for reach (612 agencies do), and SIRI for the national access point where EU rules apply. 47 agencies publish both from the same source. Start with trip updates; vehicle positions can follow.',
  },
  {
    question:
      'Summarise what changed for PFAS limits in drinking water in the EU and in the US since 2024, with numbers.',
    steps: [
      {
        thought: 'Start with the EU directive.',
        tool: 'web_search',
        arguments: { query: 'EU drinking water directive PFAS limit 2026 sum of 20 micrograms per litre' },
        result:
          'Directive (EU) 2020/2184: 0.10 µg/l for the sum of 20 PFAS, 0.50 µg/l for PFAS total; member states must comply by 12 January 2026.',
      },
      {
        thought: 'Now the US rule.',
        tool: 'web_search',
        arguments: { query: 'EPA PFAS national primary drinking water regulation ng/l PFOA PFOS deadline extension' },
        result:
          'April 2024: PFOA and PFOS 4.0 ng/l each. May 2025: EPA keeps these two, proposes to extend compliance to 2031 and to rescind four others.',
      },
      {
        thought: 'Bring both to the same unit.',
        tool: 'run_python',
        arguments: { code: 'print(0.10*1000, "ng/l for 20 PFAS;", 4.0, "ng/l each")' },
        result: '100.0 ng/l for 20 PFAS; 4.0 ng/l each',
      },
    ],
    report:
      'EU: 100 ng/l for the sum of 20 PFAS, in force since 12 January 2026. US: 4 ng/l each for PFOA and PFOS since April 2024, with compliance proposed to move to 2031; limits for four further substances are to be withdrawn. The US limits are stricter but cover two substances, the EU sum covers twenty.',
  },
]
