import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsDateString,
  IsIn,
  IsISO8601,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';

export class IdentifierDto {
  @IsString()
  @MaxLength(200)
  system: string;

  @Matches(/^\d{16}$/u)
  value: string;
}

class AreaDto {
  @IsString()
  @MaxLength(20)
  scheme: string;

  @Matches(/^[\d.]{2,13}$/u)
  code: string;
}

class AddressDto {
  @IsObject()
  @ValidateNested()
  @Type(() => AreaDto)
  area: AreaDto;

  @Matches(/^\d{3}$/u)
  rw: string;

  @Matches(/^\d{3}$/u)
  rt: string;
}

class ChildDto {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => IdentifierDto)
  identifiers: IdentifierDto[];

  @IsString()
  @MaxLength(200)
  name: string;

  @IsIn(['F', 'M'])
  sex: string;

  @IsDateString()
  birthDate: string;

  @IsString()
  @MaxLength(200)
  motherName: string;

  @IsObject()
  @ValidateNested()
  @Type(() => AddressDto)
  address: AddressDto;
}

class FacilityDto {
  @IsString()
  @MaxLength(200)
  system: string;

  @IsString()
  @MaxLength(100)
  value: string;

  @IsOptional()
  @IsString()
  @MaxLength(200)
  name?: string;
}

export class MeasurementDto {
  @IsString()
  @MaxLength(100)
  reference: string;

  @IsISO8601()
  recordedAt: string;

  @IsObject()
  @ValidateNested()
  @Type(() => ChildDto)
  child: ChildDto;

  @IsObject()
  @ValidateNested()
  @Type(() => FacilityDto)
  facility: FacilityDto;

  @IsISO8601()
  measuredAt: string;

  @IsNumber()
  @Min(0.3)
  @Max(200)
  weightKg: number;

  @IsNumber()
  @Min(20)
  @Max(250)
  lengthCm: number;

  @IsIn(['lying', 'standing'])
  position: string;

  @IsOptional()
  @IsString()
  @MaxLength(5)
  gainedCode?: string;

  @IsOptional()
  @IsNumber()
  sourceHeightForAgeZ?: number;

  @IsOptional()
  @IsNumber()
  muacCm?: number;

  @IsOptional()
  @IsNumber()
  headCm?: number;
}

export class LookUpDto {
  @IsObject()
  @ValidateNested()
  @Type(() => IdentifierDto)
  identifier: IdentifierDto;
}
