/** A subject area of the platform and the fields of study (学科, as MOOCCubeX names them) that belong to it. */
export interface CourseDomain {
  readonly code: string;
  readonly name: string;
  readonly nameZh: string;
  readonly fields: readonly string[];
}

/** Where a course without a field, or with one that is not listed, belongs. */
export const GENERAL: CourseDomain = { code: 'general', name: 'General Studies', nameZh: '通识', fields: [] };

const words = (text: string) => text.trim().split(/\s+/);

/** The 77 fields of the data set, by area. Codes are those of other scenarios where the area is the same. */
export const COURSE_DOMAINS: readonly CourseDomain[] = [
  {
    code: 'technology',
    name: 'Technology',
    nameZh: '科技',
    fields: words('计算机科学与技术 信息与通信工程 电子科学与技术 控制科学与工程 系统科学 仪器科学与技术 光学工程'),
  },
  {
    code: 'engineering',
    name: 'Engineering',
    nameZh: '工程',
    fields: words(`
      机械工程 材料科学与工程 动力工程及工程热物理 电气工程 土木工程 水利工程 测绘科学与技术 化学工程与技术 力学 建筑学
      地质资源与地质工程 矿业工程 石油与天然气工程 纺织科学与工程 轻工技术与工程 交通运输工程 船舶与海洋工程 兵器科学与技术
      核科学与技术 林业工程 环境科学与工程 食品科学与工程`),
  },
  {
    code: 'science',
    name: 'Science',
    nameZh: '理学',
    fields: words('数学 物理学 化学 生物学 地理学 大气科学 海洋科学 地球物理学 地质学 科学技术史'),
  },
  {
    code: 'medicine',
    name: 'Medicine',
    nameZh: '医学',
    fields: words(
      '基础医学 临床医学 口腔医学 公共卫生与预防医学 基础中医学 临床中医学 中药学 药学 生物医学工程 兽医学',
    ),
  },
  {
    code: 'agriculture',
    name: 'Agriculture',
    nameZh: '农学',
    fields: words('作物学 园艺学 植物保护 畜牧学 农林经济管理'),
  },
  { code: 'finance', name: 'Finance', nameZh: '财经', fields: words('理论经济学 应用经济学') },
  {
    code: 'management',
    name: 'Management',
    nameZh: '管理',
    fields: words('管理科学与工程 工商管理 公共管理 情报与档案管理'),
  },
  { code: 'language', name: 'Languages', nameZh: '语言', fields: words('外国语言文学') },
  {
    code: 'arts',
    name: 'Arts & Culture',
    nameZh: '艺术人文',
    fields: words('艺术学 中国语言文学 历史学 哲学 新闻传播学'),
  },
  {
    code: 'society',
    name: 'Society',
    nameZh: '社会',
    fields: words(`
      法学 政治学 社会学 民族学 心理学 教育学 军队政治工作学 军事思想及军事历史 战术学 战略学 战役学 军制学
      军事后勤学与军事装备学`),
  },
  { code: 'fitness', name: 'Fitness & Health', nameZh: '运动健康', fields: words('体育学') },
  GENERAL,
];

const domainOfField = new Map(COURSE_DOMAINS.flatMap((domain) => domain.fields.map((field) => [field, domain])));

/** The area of the first field that has one. */
export function domainOf(fields: readonly string[]): CourseDomain {
  for (const field of fields) {
    const domain = domainOfField.get(field);
    if (domain) return domain;
  }
  return GENERAL;
}
