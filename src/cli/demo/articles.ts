// Sixty articles of the demo merchant 山野集: tea, ceramics, kitchen, home, outdoors, stationery, food, care.

export interface Article {
  readonly code: string
  readonly zh: string
  readonly en: string
  readonly category: string
  readonly varies: 'weight' | 'colour' | 'size' | 'pack'
  /** In fen, of the usual variant. */
  readonly price_minor: number
  readonly weight_grams: number
  readonly size_mm: readonly [length: number, width: number, height: number]
  readonly fragile?: true
}

type Row = readonly [
  code: string,
  zh: string,
  en: string,
  price_minor: number,
  weight_grams: number,
  size_mm: Article['size_mm'],
]

const rows = (category: string, varies: Article['varies'], entries: readonly Row[], fragile?: true): Article[] =>
  entries.map(([code, zh, en, price_minor, weight_grams, size_mm]) => ({
    code,
    zh,
    en,
    category,
    varies,
    price_minor,
    weight_grams,
    size_mm,
    ...(fragile === undefined ? {} : { fragile }),
  }))

export const articles: readonly Article[] = [
  ...rows('tea', 'weight', [
    ['TEA-LJ', '明前龙井', 'Longjing green tea, first picking', 16_800, 160, [120, 90, 140]],
    ['TEA-BLC', '碧螺春', 'Biluochun green tea', 14_800, 160, [120, 90, 140]],
    ['TEA-TGY', '铁观音', 'Tieguanyin oolong', 9_800, 150, [110, 90, 130]],
    ['TEA-DHP', '大红袍', 'Da Hong Pao rock oolong', 12_800, 150, [110, 90, 130]],
    ['TEA-PE', '熟普洱', 'Ripe pu-erh', 8_800, 140, [180, 180, 30]],
    ['TEA-JJM', '金骏眉', 'Jin Jun Mei black tea', 18_800, 150, [110, 90, 130]],
    ['TEA-BHZ', '白毫银针', 'Silver needle white tea', 15_800, 140, [120, 90, 140]],
    ['TEA-MLH', '茉莉花茶', 'Jasmine tea', 6_800, 150, [120, 90, 140]],
  ]),
  ...rows(
    'ceramics',
    'colour',
    [
      ['CER-GW', '盖碗', 'Lidded tea bowl', 8_900, 320, [120, 120, 100]],
      ['CER-PCB', '品茗杯', 'Tasting cup', 3_900, 90, [70, 70, 60]],
      ['CER-MK', '马克杯', 'Mug', 5_900, 380, [130, 100, 110]],
      ['CER-CH', '茶壶', 'Teapot', 19_900, 650, [190, 140, 150]],
      ['CER-HP', '花瓶', 'Vase', 13_900, 1_200, [160, 160, 300]],
      ['CER-FW', '饭碗', 'Rice bowl', 2_900, 260, [130, 130, 80]],
      ['CER-MW', '面碗', 'Noodle bowl', 4_900, 620, [200, 200, 100]],
      ['CER-PZ', '餐盘', 'Dinner plate', 4_500, 700, [260, 260, 40]],
    ],
    true,
  ),
  ...rows('kitchen', 'size', [
    ['KIT-TG', '铸铁炒锅', 'Cast-iron wok', 29_900, 3_200, [460, 330, 140]],
    ['KIT-SG', '砂锅', 'Clay pot', 15_900, 2_600, [300, 260, 180]],
    ['KIT-CD', '菜刀', 'Kitchen cleaver', 18_900, 420, [330, 110, 40]],
    ['KIT-CB', '竹砧板', 'Bamboo chopping board', 9_900, 1_500, [400, 280, 30]],
    ['KIT-ZL', '竹蒸笼', 'Bamboo steamer', 7_900, 700, [260, 260, 120]],
    ['KIT-BWH', '保温壶', 'Vacuum jug', 16_900, 900, [160, 140, 300]],
    ['KIT-FH', '便当盒', 'Lunch box', 8_900, 480, [210, 140, 90]],
    ['KIT-MF', '密封罐', 'Storage jar', 4_900, 520, [120, 120, 160]],
  ]),
  ...rows('home', 'colour', [
    ['HOM-MT', '羊毛毯', 'Wool blanket', 39_900, 1_400, [400, 300, 120]],
    ['HOM-BZ', '亚麻抱枕', 'Linen cushion', 9_900, 550, [450, 450, 120]],
    ['HOM-CD', '棉麻床单', 'Cotton and linen sheet', 25_900, 1_300, [350, 280, 80]],
    ['HOM-MJ', '长绒棉毛巾', 'Long-staple cotton towel', 4_900, 180, [250, 180, 50]],
    ['HOM-YJ', '浴巾', 'Bath towel', 9_900, 480, [320, 250, 70]],
    ['HOM-ZB', '桌布', 'Tablecloth', 12_900, 620, [300, 220, 40]],
    ['HOM-XL', '香薰蜡烛', 'Scented candle', 8_900, 420, [90, 90, 110]],
    ['HOM-TD', '纸台灯', 'Paper table lamp', 26_900, 950, [260, 260, 380]],
  ]),
  ...rows('outdoor', 'colour', [
    ['OUT-BB', '登山背包', 'Hiking backpack', 45_900, 1_350, [550, 320, 220]],
    ['OUT-SP', '运动水瓶', 'Sports bottle', 9_900, 320, [80, 80, 250]],
    ['OUT-YZ', '折叠椅', 'Folding chair', 21_900, 2_400, [620, 160, 160]],
    ['OUT-ZP', '双人帐篷', 'Tent for two', 79_900, 2_900, [480, 180, 180]],
    ['OUT-SD', '睡袋', 'Sleeping bag', 35_900, 1_500, [360, 220, 220]],
    ['OUT-TD', '头灯', 'Head torch', 12_900, 140, [90, 70, 60]],
    ['OUT-YY', '雨衣', 'Rain jacket', 32_900, 420, [300, 240, 60]],
  ]),
  ...rows('stationery', 'pack', [
    ['STA-GB', '钢笔', 'Fountain pen', 15_900, 60, [160, 40, 30]],
    ['STA-MZ', '墨汁', 'Writing ink', 3_900, 210, [60, 60, 90]],
    ['STA-XZ', '宣纸册', 'Xuan paper pad', 5_900, 380, [350, 240, 20]],
    ['STA-BJ', '布面笔记本', 'Cloth-bound notebook', 4_900, 290, [215, 150, 20]],
    ['STA-MB', '毛笔', 'Calligraphy brush', 6_900, 45, [280, 30, 30]],
    ['STA-JD', '和纸胶带', 'Washi tape', 1_500, 30, [60, 60, 20]],
    ['STA-SJ', '书签', 'Bookmark', 1_200, 15, [150, 50, 5]],
  ]),
  ...rows('food', 'pack', [
    ['FOO-HT', '手剥核桃', 'Walnuts in the shell', 3_900, 520, [220, 150, 90]],
    ['FOO-XG', '香菇干', 'Dried shiitake', 5_900, 260, [240, 160, 90]],
    ['FOO-FM', '百花蜂蜜', 'Wildflower honey', 6_900, 720, [85, 85, 130]],
    ['FOO-LZ', '老陈醋', 'Aged vinegar', 2_900, 980, [80, 80, 260]],
    ['FOO-HJ', '花椒', 'Sichuan pepper', 2_500, 110, [150, 100, 40]],
    ['FOO-MX', '手工挂面', 'Hand-pulled noodles', 1_900, 520, [250, 70, 70]],
    ['FOO-GH', '桂花糕', 'Osmanthus cake', 2_900, 330, [180, 120, 50]],
  ]),
  ...rows('care', 'size', [
    ['CAR-XZ', '手工皂', 'Hand-made soap', 2_900, 110, [80, 55, 30]],
    ['CAR-MS', '桃木梳', 'Peach-wood comb', 4_900, 60, [170, 60, 20]],
    ['CAR-HS', '护手霜', 'Hand cream', 3_900, 95, [150, 50, 35]],
    ['CAR-JY', '山茶油', 'Camellia oil', 7_900, 190, [60, 60, 140]],
    ['CAR-XB', '旅行洗漱包', 'Wash bag', 8_900, 240, [240, 160, 90]],
    ['CAR-YS', '桑蚕丝眼罩', 'Silk eye mask', 6_900, 50, [220, 110, 20]],
    ['CAR-ZB', '艾草足浴包', 'Mugwort foot bath', 3_500, 300, [200, 150, 60]],
  ]),
]
