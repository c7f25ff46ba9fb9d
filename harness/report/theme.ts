// How every chart looks; the one place for fonts, sizes and greys.

const font = 'DejaVu Sans, Arial, sans-serif';
const ink = '#222222';
const grey = '#666666';

/** A chart, legend and axes included, is about so wide: what a page or a terminal's browser shows without scrolling. */
export const chartWidth = 800;

export const theme = {
  background: '#ffffff',
  padding: 12,
  font,
  title: {
    anchor: 'start',
    frame: 'bounds',
    color: ink,
    fontSize: 17,
    fontWeight: 'bold',
    subtitleColor: grey,
    subtitleFontSize: 12,
    subtitlePadding: 6,
    subtitleLineHeight: 16,
    offset: 14,
  },
  axis: {
    labelColor: ink,
    titleColor: ink,
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    labelLimit: 260,
    gridColor: '#e6e6e6',
    domainColor: '#999999',
    tickColor: '#999999',
  },
  header: { labelFontSize: 12, labelColor: ink, labelLimit: 200, title: null },
  legend: {
    orient: 'top',
    direction: 'horizontal',
    title: null,
    labelColor: ink,
    labelFontSize: 12,
    labelLimit: 360,
    symbolSize: 240,
    symbolStrokeWidth: 3,
    columnPadding: 18,
    offset: 8,
  },
  view: { stroke: '#cccccc' },
  text: { fontSize: 12, color: ink },
} as const;
