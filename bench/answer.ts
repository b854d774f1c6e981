export interface Answer {
  status: number;
  body: string;
}
