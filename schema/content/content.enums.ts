import { registerEnumType } from 'type-graphql';
import { CONTENT_KINDS, CONTENT_STATES, LEVELS, MODULES, QUALITY_RULES } from '../../src/content/index.ts';
import { enumOf } from '../shared/enum.ts';

export const ContentKindEnum = enumOf(CONTENT_KINDS);
registerEnumType(ContentKindEnum, { name: 'ContentKind', description: 'What sort of content it is.' });

export const ModuleEnum = enumOf(MODULES);
registerEnumType(ModuleEnum, { name: 'Module', description: 'Line of business.' });

export const LevelEnum = enumOf(LEVELS);
registerEnumType(LevelEnum, { name: 'Level', description: 'How much a content presupposes.' });

export const ContentStateEnum = enumOf(CONTENT_STATES);
registerEnumType(ContentStateEnum, {
  name: 'ContentState',
  description: 'Where a content stands between draft and shelf. Only PUBLISHED content is shown and sold.',
});

export const QualityRuleEnum = enumOf(QUALITY_RULES);
registerEnumType(QualityRuleEnum, { name: 'QualityRule', description: 'What a content must meet before screening.' });

export const ScreeningVerdictEnum = enumOf(['APPROVED', 'REJECTED']);
registerEnumType(ScreeningVerdictEnum, { name: 'ScreeningVerdict', description: 'How a screening ends.' });
